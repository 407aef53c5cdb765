package vn.chuanmuc.office;

/**
 * Bounds of a workbook.
 *
 * @param maxBytes size of the file
 * @param maxRows rows holding anything, in any one sheet
 * @param maxColumns last column that may hold a cell, formatted or filled
 */
public record SheetLimits(long maxBytes, int maxRows, int maxColumns) {
    public static final SheetLimits DEFAULT = new SheetLimits(20L << 20, 100_000, 256);
}
