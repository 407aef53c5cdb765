package vn.chuanmuc.office;

import java.util.List;

/**
 * One row of a sheet.
 *
 * @param number 1-based, as Excel shows it
 * @param cells index 0 is column A; trailing blanks are cut, so a row is never empty
 */
public record SheetRow(int number, List<Cell> cells) {
    public SheetRow {
        cells = List.copyOf(cells);
    }
}
