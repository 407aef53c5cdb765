package vn.chuanmuc.office;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads the office files people upload. Whatever the bytes are, the outcome is a value, memory stays bounded, and nothing the
 * file points to is fetched or run. What kind of file it is, its bytes say, never its name.
 *
 * <p>Refusal codes: EMPTY, TOO_LARGE, NOT_OFFICE, OLD_FORMAT, ENCRYPTED, MACRO, EMBEDDED, ZIP_BOMB, DOCTYPE, BAD_NAME, BROKEN,
 * NO_SHEET, TOO_MANY_COLUMNS, TOO_MANY_ROWS, WRONG_ENCODING. Their words are in {@code messages/office.properties}.
 */
public final class OfficeFiles {
    private OfficeFiles() {}

    /** Why a file is refused before it is opened: its size, or what its first bytes say. Cheap, whatever the size. */
    public static java.util.Optional<Refusal> refusedAtSight(Path file, SheetLimits limits) {
        try {
            sheetKind(file, limits);
            return java.util.Optional.empty();
        } catch (RefusedFile refused) {
            return java.util.Optional.of(refused.why());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Opens the first visible sheet of an .xlsx to take its rows one by one; a file that cannot be opened says so in
     * {@link SheetRows#refused}.
     *
     * @throws UncheckedIOException if the disk fails
     */
    public static SheetRows openFirstSheet(Path file, SheetLimits limits) {
        try {
            sheetKind(file, limits);
            if (PackageGuard.check(file, OfficeLimits.of(limits)) != PackageGuard.Kind.SHEETS) {
                throw new RefusedFile("NOT_OFFICE", "Excel", ".xlsx");
            }
            return SheetRows.of(file, limits);
        } catch (RefusedFile refused) {
            return SheetRows.refused(refused.why());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void sheetKind(Path file, SheetLimits limits) throws RefusedFile, IOException {
        FileKind kind = kind(file, limits.maxBytes());
        if (kind != FileKind.ZIP) {
            throw notOffice(file, kind, "Excel", ".xls", ".xlsx");
        }
    }

    /**
     * Hands over the rows of the first visible sheet of an .xlsx, top to bottom, leaving out blank rows.
     *
     * @throws UncheckedIOException if the disk fails; whatever {@code rows} throws passes through
     */
    public static SheetReading readFirstSheet(Path file, SheetLimits limits, Consumer<SheetRow> rows) {
        try {
            sheetKind(file, limits);
            if (PackageGuard.check(file, OfficeLimits.of(limits)) != PackageGuard.Kind.SHEETS) {
                throw new RefusedFile("NOT_OFFICE", "Excel", ".xlsx");
            }
            int count = new SheetReader(limits).read(file, rows);
            if (count == 0) {
                throw new RefusedFile("EMPTY");
            }
            return new SheetReading.Done(count);
        } catch (RefusedFile refused) {
            return new SheetReading.Refused(refused.why());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The lines of a .docx or of a plain text in UTF-8 or (with its mark) UTF-16. Of a .docx: soft breaks begin a new line,
     * the numbers Word draws itself are written out ("1.", "a)", a bullet as "- "), a table gives a line per paragraph of each
     * cell, struck-out revisions, notes, headers and footers are left out.
     *
     * @throws UncheckedIOException if the disk fails
     */
    public static TextReading readParagraphs(Path file, TextLimits limits) {
        try {
            FileKind kind = kind(file, limits.maxBytes());
            List<String> lines = switch (kind) {
                case ZIP -> {
                    if (PackageGuard.check(file, OfficeLimits.of(limits)) != PackageGuard.Kind.TEXT) {
                        throw new RefusedFile("NOT_OFFICE", "Word", ".docx");
                    }
                    yield new DocxText(limits).read(file);
                }
                case OTHER -> new PlainText(limits).read(file);
                case EMPTY, OLE2, PDF, IMAGE, MARKUP, RTF, PROGRAM ->
                    throw notOffice(file, kind, "Word", ".doc", ".docx");
            };
            if (lines.stream().allMatch(String::isBlank)) {
                throw new RefusedFile("EMPTY");
            }
            if (LegacyVietnamese.looksLike(lines)) {
                throw new RefusedFile("WRONG_ENCODING");
            }
            return new TextReading.Done(lines);
        } catch (RefusedFile refused) {
            return new TextReading.Refused(refused.why());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileKind kind(Path file, long maxBytes) throws RefusedFile, IOException {
        if (Files.size(file) > maxBytes) {
            throw new RefusedFile("TOO_LARGE", Math.max(1, maxBytes >> 20));
        }
        FileKind kind = FileKind.of(file);
        if (kind == FileKind.EMPTY) {
            throw new RefusedFile("EMPTY");
        }
        return kind;
    }

    private static RefusedFile notOffice(Path file, FileKind kind, String program, String old, String wanted)
            throws IOException {
        if (kind != FileKind.OLE2) {
            return new RefusedFile("NOT_OFFICE", program, wanted);
        }
        return FileKind.encrypted(file)
                ? new RefusedFile("ENCRYPTED", program)
                : new RefusedFile("OLD_FORMAT", program, old, wanted);
    }
}
