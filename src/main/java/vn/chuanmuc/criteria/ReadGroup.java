package vn.chuanmuc.criteria;

import java.util.List;

/** A group; {@code label} is its numeral as printed ("I."), {@code position} counts from 1 whatever the numeral says. */
public record ReadGroup(int position, String label, String title, List<ReadCriterion> criteria, int line) {
    public ReadGroup {
        criteria = List.copyOf(criteria);
    }
}
