package vn.chuanmuc.office;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table, or some under each other, to be printed: everything already worded and formatted as the reader sees it, so that XLSX, DOCX and PDF say the
 * same. Cells may hold line ends.
 *
 * @param title the file's own title, not printed
 * @param date the day the file's own properties carry
 * @param heading printed title lines
 * @param subheading printed under them; may be empty
 * @param tables at least one, one under the other
 * @param totals lines under the last table; whoever signs has one to sign under
 * @param mark what every page bears at its foot; {@link PaperDocument.Mark#NONE} on what is no paper of the register
 * @param language of the texts, and of how numbers in NUMBER columns are written: "vi" (1.234,5) or "en" (1,234.5)
 */
public record TableDocument(
        String title,
        LocalDate date,
        Layout layout,
        Header header,
        List<String> heading,
        String subheading,
        List<Table> tables,
        List<String> totals,
        Signatures signatures,
        PaperDocument.Mark mark,
        String language) {

    public TableDocument {
        heading = List.copyOf(heading);
        tables = List.copyOf(tables);
        totals = List.copyOf(totals);
        if (tables.isEmpty()) {
            throw new IllegalArgumentException("a document of tables needs one");
        }
        if (totals.isEmpty() && !signatures.blocks().isEmpty()) {
            throw new IllegalArgumentException("nobody signs on a page that says nothing");
        }
    }

    /** Of one table without a heading of its own, and no paper of the register. */
    public TableDocument(
            String title,
            LocalDate date,
            Layout layout,
            Header header,
            List<String> heading,
            String subheading,
            List<Column> columns,
            Supplier<Stream<List<String>>> rows,
            List<String> totals,
            Signatures signatures,
            String language) {
        this(
                title,
                date,
                layout,
                header,
                heading,
                subheading,
                List.of(new Table("", columns, rows)),
                totals,
                signatures,
                PaperDocument.Mark.NONE,
                language);
    }

    /**
     * @param heading over the columns, on each of its pages; may be empty
     * @param rows opened once per writing and closed; each row as long as {@code columns}
     */
    public record Table(String heading, List<Column> columns, Supplier<Stream<List<String>>> rows) {
        public Table {
            columns = List.copyOf(columns);
            if (columns.isEmpty()) {
                throw new IllegalArgumentException("a table needs a column");
            }
        }

        int shares() {
            return columns.stream().mapToInt(Column::share).sum();
        }

        /** The row as it will stand: NFC, without characters XML forbids. */
        List<String> checked(List<String> row) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(row.size() + " cells for " + columns.size() + " columns");
            }
            return row.stream().map(XmlText::clean).toList();
        }
    }

    /** TEXT is never taken for a formula or a number; NUMBER and DATE (dd/MM/yyyy) become real values in XLSX. */
    public enum Kind {
        TEXT,
        NUMBER,
        DATE
    }

    public enum Align {
        LEFT,
        CENTER,
        RIGHT
    }

    /** @param share width relative to the other columns' shares */
    public record Column(String heading, int share, Align align, Kind kind) {
        public Column {
            if (share < 1) {
                throw new IllegalArgumentException("share " + share);
            }
        }
    }

    /**
     * The block over the title.
     *
     * @param number absent if the paper bears none
     * @param date absent while the paper is unsigned: blanks are printed
     */
    public record Header(
            String parent,
            String issuer,
            @Nullable Number number,
            String place,
            @Nullable LocalDate date) {}

    /** @param number absent while the clerk has not given it: blanks are printed */
    public record Number(@Nullable Integer number, String type, String issuer) {}

    /** Who receives the paper (left; may be empty) and who signs it (one block per signer, left to right). */
    public record Signatures(List<String> recipients, List<Block> blocks) {
        public Signatures {
            recipients = List.copyOf(recipients);
            blocks = List.copyOf(blocks);
        }
    }

    /** @param capacity lines such as T/M ĐẢNG ỦY, PHÓ BÍ THƯ; note: such as (Ký, ghi rõ họ tên), may be empty */
    public record Block(List<String> capacity, String note, String name) {
        public Block {
            capacity = List.copyOf(capacity);
        }
    }

    /** The one with most columns: a sheet's columns are as wide as its. */
    Table widest() {
        return tables.stream()
                .max(Comparator.comparingInt(table -> table.columns().size()))
                .orElseThrow();
    }

    boolean marked() {
        return !mark.code().isEmpty();
    }
}
