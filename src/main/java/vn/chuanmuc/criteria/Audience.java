package vn.chuanmuc.criteria;

/** Whom a set is meant for. A reader only guesses it; a person confirms it. */
public enum Audience {
    LEADERS,
    STAFF,
    ALL
}
