package vn.chuanmuc.office;

/** How reading a sheet ended. */
public sealed interface SheetReading permits SheetReading.Done, SheetReading.Refused {

    /** @param rows how many rows were handed over */
    record Done(int rows) implements SheetReading {}

    /** Rows may have been handed over before the fault was met: forget them. */
    record Refused(Refusal why) implements SheetReading {}
}
