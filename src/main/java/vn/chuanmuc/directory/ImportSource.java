package vn.chuanmuc.directory;

import java.util.List;
import java.util.Optional;
import vn.chuanmuc.directory.PeopleImports.ColumnReport;
import vn.chuanmuc.directory.PeopleImports.LineReport;
import vn.chuanmuc.kernel.Reason;

/** Where the rows of an import come from, a chunk at a time, in their order. One reading, one thread. */
interface ImportSource extends AutoCloseable {
    /** The next rows, not held against the store yet; fewer than asked for, or none, at the end or at a fault. */
    List<StagedRow> next(int most);

    /** Whether there may be more. */
    boolean more();

    /** Why it cannot be taken as a whole; rows that were handed over are to be forgotten. */
    Optional<Reason> refused();

    List<ColumnReport> columns();

    /** Headings of the texts that {@link StagedRow#cells} holds. */
    List<String> headings();

    /** Lines that are no people: the first ones. */
    List<LineReport> lines();

    int linesInAll();

    @Override
    void close();
}
