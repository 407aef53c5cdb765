package vn.chuanmuc.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;

/** LibreOffice without a screen, as an independent calculator: one start for many workbooks, in a profile folder of its own. */
public final class Spreadsheet {
    /** Formulas are computed when a file is opened, whatever it says that they came to. */
    private static final String ALWAYS = """
            <?xml version="1.0" encoding="UTF-8"?>
            <oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
            <item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
            <value>0</value></prop></item>
            </oor:items>
            """;

    private Spreadsheet() {}

    /** Computes the workbooks and returns each under its name in the new folder. */
    public static Path recomputed(Path folder, List<Path> workbooks) throws IOException, InterruptedException {
        Path profile = Files.createDirectories(folder.resolve("profile/user"));
        Files.writeString(profile.resolve("registrymodifications.xcu"), ALWAYS);
        Path out = Files.createDirectories(folder.resolve("computed"));
        var command = new ArrayList<>(List.of(
                "soffice",
                "--headless",
                "--norestore",
                "-env:UserInstallation=" + folder.resolve("profile").toUri(),
                "--convert-to",
                "xlsx:Calc MS Excel 2007 XML",
                "--outdir",
                out.toString()));
        workbooks.forEach(workbook -> command.add(workbook.toString()));
        Path log = folder.resolve("soffice.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).as(Files.readString(log)).isZero();
        return out;
    }

    /** The cells of the first sheet that hold something, by their address. */
    public static Map<String, Cell> cells(Path workbook) throws IOException {
        var cells = new TreeMap<String, Cell>();
        try (var book = new ReadableWorkbook(workbook.toFile());
                var rows = book.getFirstSheet().openStream()) {
            rows.forEach(row -> row.forEach(cell -> {
                if (cell != null && (cell.getValue() != null || cell.getFormula() != null)) {
                    cells.put(cell.getAddress().toString(), cell);
                }
            }));
        }
        return cells;
    }

    public static BigDecimal number(Cell cell) {
        assertThat(cell).isNotNull();
        return new BigDecimal(cell.getRawValue());
    }

    /** A, B … Z, AA … */
    static String column(int index) {
        return index < 26 ? String.valueOf((char) ('A' + index)) : column(index / 26 - 1) + column(index % 26);
    }
}
