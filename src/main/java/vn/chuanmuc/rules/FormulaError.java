package vn.chuanmuc.rules;

import vn.chuanmuc.kernel.Reason;

/**
 * What is wrong with a formula, and where: from the character {@code from} (from 0) to before {@code to} of the text as it is kept.
 */
public record FormulaError(Reason why, int from, int to) {}
