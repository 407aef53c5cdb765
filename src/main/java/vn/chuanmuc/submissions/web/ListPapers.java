package vn.chuanmuc.submissions.web;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.documents.Bearing;
import vn.chuanmuc.office.DocxWriter;
import vn.chuanmuc.office.Layout;
import vn.chuanmuc.office.Layouts;
import vn.chuanmuc.office.PdfWriter;
import vn.chuanmuc.office.TableDocument;
import vn.chuanmuc.office.TableDocument.Block;
import vn.chuanmuc.office.TableDocument.Header;
import vn.chuanmuc.office.TableDocument.Signatures;
import vn.chuanmuc.office.XlsxWriter;
import vn.chuanmuc.submissions.ListOrder;
import vn.chuanmuc.submissions.ListState;
import vn.chuanmuc.submissions.ListVersion;
import vn.chuanmuc.submissions.Lists;
import vn.chuanmuc.submissions.Lists.Sheet;
import vn.chuanmuc.submissions.web.ListWords.Column;

/**
 * Prints a version of a list: one that was sent up under a number as that number was taken, with its day and its layout; every other in the
 * layout of the day it was compiled, number, place and day left to the pen. Papers are always in Vietnamese. The district's own form is not
 * known (domain.md, 3).
 */
@Component
class ListPapers {
    private static final Locale VIETNAMESE = Locale.forLanguageTag("vi");
    /** A PDF is laid out in memory: one at a time. */
    private static final Semaphore ONE_PDF = new Semaphore(1, true);

    private final Lists lists;
    private final Accounts accounts;
    private final MessageSource messages;

    ListPapers(Lists lists, Accounts accounts, MessageSource messages) {
        this.lists = lists;
        this.accounts = accounts;
        this.messages = messages;
    }

    enum Format {
        XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        DOCX("application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        PDF("application/pdf");

        final String type;

        Format(String type) {
            this.type = type;
        }

        String ending() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A finished file; reading it to the end removes it. */
    record Paper(InputStream content, long length) {}

    static boolean tooLongForPdf(ListVersion version) {
        return version.totals().expected() > PdfWriter.MAX_ROWS;
    }

    /**
     * Writes the version into a temporary file first: memory stays bounded, a failure is an error page and not half a file,
     * and a slow reader holds no database connection.
     */
    Paper print(Viewer viewer, Sheet sheet, ListVersion version, ListOrder order, Format format) throws IOException {
        Path file = Files.createTempFile("chuanmuc-list", "." + format.ending());
        try {
            if (format == Format.PDF) {
                ONE_PDF.acquireUninterruptibly();
            }
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                lists.read(viewer, sheet, version.number(), order, rows -> {
                    TableDocument document = document(viewer, sheet, version, rows);
                    switch (format) {
                        case XLSX -> XlsxWriter.write(document, out);
                        case DOCX -> DocxWriter.write(document, out);
                        case PDF -> PdfWriter.write(document, out);
                    }
                });
            } finally {
                if (format == Format.PDF) {
                    ONE_PDF.release();
                }
            }
            long length = Files.size(file);
            return new Paper(Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE), length);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private TableDocument document(Viewer viewer, Sheet sheet, ListVersion version, Lists.RowSource rows) {
        var words = new ListWords(
                this::t,
                lists.setTitles(viewer, sheet, version.number()),
                version.lateRows() == 0
                        ? Map.of()
                        : ListWords.late(lists.late(viewer, sheet, version.number(), version.lateRows())));
        LocalDate day = LocalDate.ofInstant(version.compiled().at(), ListWords.ZONE);
        String year = String.valueOf(sheet.campaign().year());
        var heading = new ArrayList<>(
                List.of(t("submissions.paper.title"), t("submissions.paper.of", sheet.unitName(), year)));
        if (!version.wasApproved()) {
            heading.add(t("submissions.paper.draft"));
        }
        var columns = Arrays.stream(Column.values())
                .map(column -> new TableDocument.Column(t(column.key()), column.share, column.align, column.kind))
                .toList();
        Bearing number = lists.numbers(viewer, sheet).get(version.number());
        return new TableDocument(
                t("submissions.paper.file-title", sheet.unitName(), sheet.blocName(), year, version.number()),
                day,
                layout(viewer, sheet, version, day, number),
                number == null
                        ? new Header(
                                version.parentName(),
                                sheet.unitName(),
                                new TableDocument.Number(
                                        null, t("submissions.paper.type"), t("submissions.paper.blank")),
                                t("submissions.paper.blank"),
                                null)
                        : new Header(
                                version.parentName(),
                                sheet.unitName(),
                                number.printed(),
                                number.printedPlace(),
                                number.day()),
                heading,
                t(
                        "submissions.paper.sub." + version.state().code(),
                        sheet.blocName(),
                        version.number(),
                        ListWords.day(day)),
                columns,
                () -> {
                    var place = new AtomicLong();
                    return rows.open().map(row -> words.cells(place.incrementAndGet(), row));
                },
                words.totals(version.totals(), version.lateRows()),
                signatures(viewer, version, number),
                "vi");
    }

    /** What was sent up without a number keeps the layout it had then. */
    private Layout layout(Viewer viewer, Sheet sheet, ListVersion version, LocalDate day, @Nullable Bearing number) {
        if (number != null) {
            return number.look().sideways();
        }
        return Layouts.at(version.wasSubmitted() ? Layout.Line.PARTY : lists.paperLine(viewer, sheet), day)
                .sideways();
    }

    private Signatures signatures(Viewer viewer, ListVersion version, @Nullable Bearing number) {
        var approved = version.approved();
        String approver = approved == null || version.state() == ListState.DROPPED
                ? ""
                : number != null
                        ? number.signer()
                        : accounts.names(viewer.tenantId(), List.of(approved.by()))
                                .getOrDefault(approved.by(), "");
        return new Signatures(
                List.of(t("submissions.paper.to", version.receiverName()), t("submissions.paper.file")),
                List.of(
                        new Block(List.of(t("submissions.paper.compiler")), t("submissions.paper.sign"), ""),
                        new Block(
                                List.of(t("submissions.paper.behalf"), t("submissions.paper.head")),
                                t("submissions.paper.sign"),
                                approver)));
    }

    private String t(String key, Object... arguments) {
        return messages.getMessage(key, arguments.length == 0 ? null : arguments, VIETNAMESE);
    }
}
