package vn.chuanmuc.office;

import java.math.BigDecimal;
import java.time.LocalDate;

/** What a cell holds; of a formula, the value the office program stored last. */
public sealed interface Cell permits Cell.Text, Cell.Number, Cell.Day, Cell.Blank, Cell.Fault {

    /** NFC, otherwise as typed (not trimmed). A yes/no cell reads as TRUE or FALSE. */
    record Text(String value) implements Cell {}

    record Number(BigDecimal value) implements Cell {}

    /** A number cell formatted as a date; a time of day is dropped. */
    record Day(LocalDate value) implements Cell {}

    record Blank() implements Cell {}

    /** A cell in error: #REF!, #N/A … */
    record Fault(String code) implements Cell {}
}
