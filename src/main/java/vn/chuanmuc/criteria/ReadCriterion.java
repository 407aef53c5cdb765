package vn.chuanmuc.criteria;

import java.util.List;

/** A criterion; {@code label} is its numeral as printed ("1."), {@code position} counts from 1 whatever the numeral says. */
public record ReadCriterion(int position, String label, String title, List<ReadItem> items, int line) {
    public ReadCriterion {
        items = List.copyOf(items);
    }
}
