package vn.chuanmuc.office;

import java.util.List;

public record SheetRow(int number, List<Cell> cells) {}
