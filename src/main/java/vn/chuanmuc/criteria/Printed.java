package vn.chuanmuc.criteria;

/** Words as they are printed (NFC, without markdown emphasis), and the 1-based line they begin on. */
public record Printed(String text, int line) {}
