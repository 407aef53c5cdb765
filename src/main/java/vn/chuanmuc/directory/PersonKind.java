package vn.chuanmuc.directory;

/** The four kinds of people that Decision 264-QĐ/QU (2021) speaks of. */
public enum PersonKind {
    /** Cán bộ. */
    OFFICIAL,
    /** Công chức. */
    CIVIL_SERVANT,
    /** Viên chức. */
    PUBLIC_EMPLOYEE,
    /** Người lao động. */
    WORKER
}
