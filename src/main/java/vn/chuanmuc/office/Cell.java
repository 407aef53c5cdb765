package vn.chuanmuc.office;

public sealed interface Cell permits Cell.Text, Cell.Number, Cell.Day, Cell.Blank, Cell.Fault {
    record Text(String value) implements Cell {}

    record Number(java.math.BigDecimal value) implements Cell {}

    record Day(java.time.LocalDate value) implements Cell {}

    record Blank() implements Cell {}

    record Fault(String code) implements Cell {}
}
