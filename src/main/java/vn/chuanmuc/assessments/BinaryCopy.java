package vn.chuanmuc.assessments;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Rows read and written through PostgreSQL's COPY in its binary format (PostgreSQL manual, COPY, “Binary Format”): neither side
 * turns an identifier or a number into text and back, which of millions of rows is most of the work.
 */
final class BinaryCopy {
    /** An element of an array that is null. */
    static final int NOTHING = Integer.MIN_VALUE;

    private static final byte[] SIGNATURE = "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    /** The signature, flags, and the length of an extension that there is none of. */
    private static final int HEADER = SIGNATURE.length + 8;

    private static final int FLUSH = 1 << 16;
    private static final int INT4 = 23;

    private final JdbcTemplate copying;

    BinaryCopy(JdbcTemplate copying) {
        this.copying = copying;
    }

    interface Taking {
        void take(Row row);
    }

    interface Writing {
        void write(Rows rows) throws SQLException;
    }

    /** One row, its fields read from left to right: each as what the query says it is. */
    static final class Row {
        private ByteBuffer bytes;

        /** @param head what {@link #head} gave */
        Row(ByteBuffer head) {
            bytes = head.duplicate();
        }

        /** The bytes of the first so many fields; what is read next is behind them. */
        ByteBuffer head(int fields) {
            int from = bytes.position();
            for (int i = 0; i < fields; i++) {
                int length = bytes.getInt();
                bytes.position(bytes.position() + Math.max(length, 0));
            }
            return ByteBuffer.wrap(bytes.array(), from, bytes.position() - from);
        }

        /** Of type {@code uuid}, never null. */
        UUID uuid() {
            bytes.getInt();
            return new UUID(bytes.getLong(), bytes.getLong());
        }

        /** Of type {@code int}, never null. */
        int number() {
            bytes.getInt();
            return bytes.getInt();
        }

        /** Of type {@code text}, never null. */
        String text() {
            int length = bytes.getInt();
            String text = new String(bytes.array(), bytes.position(), length, StandardCharsets.UTF_8);
            bytes.position(bytes.position() + length);
            return text;
        }

        /** How many elements an array of one dimension has, which {@link #element} then gives one by one; -1 when it is null. */
        int elements() {
            if (bytes.getInt() < 0) {
                return -1;
            }
            int dimensions = bytes.getInt();
            bytes.position(bytes.position() + 8); // whether there are nulls, and the type
            if (dimensions == 0) {
                return 0;
            }
            int many = bytes.getInt();
            bytes.getInt(); // where counting starts
            return many;
        }

        /** The next element of an array of type {@code smallint}; {@link #NOTHING} for null. */
        int element() {
            return bytes.getInt() < 0 ? NOTHING : bytes.getShort();
        }
    }

    /** @param select a query without parameters */
    void out(String select, Taking taking) {
        copying.execute((ConnectionCallback<Boolean>) connection -> {
            CopyOut copy = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("copy (" + select + ") to stdout (format binary)");
            try {
                int skip = HEADER; // comes together with the first row
                for (byte[] sent = copy.readFromCopy(); sent != null; sent = copy.readFromCopy()) {
                    ByteBuffer bytes = ByteBuffer.wrap(sent, skip, sent.length - skip);
                    skip = 0;
                    if (bytes.getShort() > 0) { // what ends them has -1 fields
                        taking.take(new Row(bytes));
                    }
                }
            } finally {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            }
            return true;
        });
    }

    /** Rows on their way, sent whenever there are many. */
    static final class Rows {
        private final CopyIn copy;
        private final int fields;
        private ByteBuffer bytes = ByteBuffer.allocate(2 * FLUSH);

        private Rows(CopyIn copy, int fields) {
            this.copy = copy;
            this.fields = fields;
            bytes.put(SIGNATURE).putInt(0).putInt(0);
        }

        /** Begins a row, all fields of which are then given in the order of the columns. */
        Rows row() throws SQLException {
            if (bytes.position() >= FLUSH) {
                flush();
            }
            room(2).putShort((short) fields);
            return this;
        }

        Rows uuid(UUID value) {
            room(20).putInt(16).putLong(value.getMostSignificantBits()).putLong(value.getLeastSignificantBits());
            return this;
        }

        Rows number(int value) {
            room(8).putInt(4).putInt(value);
            return this;
        }

        Rows text(String value) {
            byte[] text = value.getBytes(StandardCharsets.UTF_8);
            room(4 + text.length).putInt(text.length).put(text);
            return this;
        }

        /** An {@code int[]}. */
        Rows numbers(int[] values) {
            if (values.length == 0) {
                room(16).putInt(12).putInt(0).putInt(0).putInt(INT4);
                return this;
            }
            room(24 + 8 * values.length)
                    .putInt(20 + 8 * values.length)
                    .putInt(1)
                    .putInt(0)
                    .putInt(INT4)
                    .putInt(values.length)
                    .putInt(1);
            for (int value : values) {
                bytes.putInt(4).putInt(value);
            }
            return this;
        }

        private ByteBuffer room(int many) {
            if (bytes.remaining() < many) {
                bytes = ByteBuffer.allocate(2 * (bytes.position() + many)).put(bytes.flip());
            }
            return bytes;
        }

        private void flush() throws SQLException {
            copy.writeToCopy(bytes.array(), 0, bytes.position());
            bytes.clear();
        }
    }

    /** @param into a table and its columns, so many as {@code fields} */
    void in(String into, int fields, Writing writing) {
        copying.execute((ConnectionCallback<Boolean>) connection -> {
            CopyIn copy = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy " + into + " from stdin (format binary)");
            try {
                var rows = new Rows(copy, fields);
                writing.write(rows);
                rows.room(2).putShort((short) -1);
                rows.flush();
                copy.endCopy();
            } finally {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            }
            return true;
        });
    }
}
