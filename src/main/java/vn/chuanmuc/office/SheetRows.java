package vn.chuanmuc.office;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A sheet that is open to be read row by row, in bounded memory. Not for several threads at once. When {@link #next} has no
 * more rows, {@link #refused} tells whether that was the end or a fault; rows handed over before a fault are to be forgotten.
 */
public final class SheetRows implements AutoCloseable {
    private final int maxRows;
    private final SheetReader.@Nullable Source source;
    private @Nullable Refusal refusal;
    private int count;

    private SheetRows(int maxRows, SheetReader.@Nullable Source source, @Nullable Refusal refusal) {
        this.maxRows = maxRows;
        this.source = source;
        this.refusal = refusal;
    }

    static SheetRows of(Path file, SheetLimits limits) throws RefusedFile {
        return new SheetRows(limits.maxRows(), SheetReader.open(file), null);
    }

    static SheetRows refused(Refusal why) {
        return new SheetRows(0, null, why);
    }

    /** The next row that is not blank; null when there is none, or a fault was met. */
    public @Nullable SheetRow next() {
        if (source == null || refusal != null) {
            return null;
        }
        try {
            SheetRow row = source.next();
            if (row == null) {
                if (count == 0) {
                    throw new RefusedFile("EMPTY");
                }
            } else if (++count > maxRows) {
                throw new RefusedFile("TOO_MANY_ROWS", maxRows);
            }
            return row;
        } catch (RefusedFile refused) {
            refusal = refused.why();
            return null;
        }
    }

    /** The fault that was met, as far as it has been read. */
    public Optional<Refusal> refused() {
        return Optional.ofNullable(refusal);
    }

    @Override
    public void close() {
        try {
            if (source != null) {
                source.close();
            }
        } catch (RefusedFile e) {
            refusal = e.why();
        }
    }
}
