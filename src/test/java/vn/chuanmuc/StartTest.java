package vn.chuanmuc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.chuanmuc.testing.Browser;

/** The product as a process of its own: what stops it from starting is said in one line; what was stored is there again. */
class StartTest {
    private static final int START_SECONDS = 120;

    @TempDir
    Path folder;

    private Process start(Map<String, String> settings, Path output) throws IOException {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dstdout.encoding=UTF-8",
                        "-Dstderr.encoding=UTF-8",
                        "-cp",
                        classPath,
                        "vn.chuanmuc.ChuanMuc")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeAll(List.of("DATABASE_URL", "LANG", "CHUANMUC_SAMPLE"));
        builder.environment().put("CHUANMUC_DATA", folder.resolve("data").toString());
        builder.environment().putAll(settings);
        return builder.start();
    }

    private String refusal(Map<String, String> settings) throws Exception {
        Path output = folder.resolve("output.txt");
        Process product = start(settings, output);
        assertThat(product.waitFor(START_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(product.exitValue()).isEqualTo(1);
        List<String> said = Files.readAllLines(output).stream()
                .filter(line -> line.contains("Không khởi động được"))
                .toList();
        assertThat(said).hasSize(1);
        assertThat(Files.readString(output)).doesNotContain("\tat ");
        return said.getFirst();
    }

    @Test
    void saysInOneLineThatThePortIsTaken() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
            String port = Integer.toString(taken.getLocalPort());
            assertThat(refusal(Map.of("PORT", port))).contains(port).contains("PORT=");
        }
    }

    @Test
    void saysInOneLineWhatIsWrongWithTheDatabase() throws Exception {
        String port = Integer.toString(freePort());
        assertThat(refusal(Map.of("PORT", port, "DATABASE_URL", "mysql://x"))).contains("postgres://");
        assertThat(refusal(Map.of("PORT", port, "DATABASE_URL", "postgres://nguoi:matkhau@127.0.0.1:1/khong")))
                .contains("127.0.0.1:1")
                .doesNotContain("matkhau");
        assertThat(refusal(Map.of(
                        "PORT", port, "CHUANMUC_SAMPLE", "true", "DATABASE_URL", "postgres://a:b@127.0.0.1:1/c")))
                .contains("chế độ mẫu");
    }

    @Test
    void losesNothingWhenItStopsAndStarts() throws Exception {
        int port = freePort();
        var settings = new HashMap<>(Map.of("PORT", Integer.toString(port)));
        Path output = folder.resolve("first.txt");
        Process first = start(settings, output);
        waitFor(first, port, output);
        Matcher code = Pattern.compile("[A-Z0-9]{4}(?:-[A-Z0-9]{4}){3}").matcher(Files.readString(output));
        assertThat(code.find()).isTrue();
        var administrator = Browser.at(port);
        var wrong = administrator.post(
                "/thiet-lap",
                "/thiet-lap",
                "ma",
                "SAI",
                "co-quan",
                "Quận thử",
                "ho-ten",
                "Người Thử",
                "ten",
                "quantri",
                "mat-khau",
                "mot hai ba bon");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.page().select("#f-co-quan").val()).isEqualTo("Quận thử");
        var made = administrator.post(
                "/thiet-lap",
                "/thiet-lap",
                "ma",
                code.group(),
                "co-quan",
                "Quận thử",
                "ho-ten",
                "Người Thử",
                "ten",
                "quantri",
                "mat-khau",
                "mot hai ba bon");
        assertThat(made.path()).startsWith("/dang-nhap");
        first.destroy();
        assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();

        // Well-known passwords and a clock of 2021 never come near a body's own data.
        assertThat(refusal(Map.of("PORT", Integer.toString(port), "CHUANMUC_SAMPLE", "true")))
                .contains("dữ liệu thật");

        Path again = folder.resolve("second.txt");
        Process second = start(settings, again);
        try {
            waitFor(second, port, again);
            assertThat(Files.readString(again)).doesNotContain(code.group()).doesNotContain("mã thiết lập");
            assertThat(Browser.at(port).get("/thiet-lap").path()).startsWith("/dang-nhap");
            var back = Browser.at(port);
            assertThat(back.post("/dang-nhap", "/dang-nhap", "ten", "quantri", "mat-khau", "mot hai ba bon")
                            .path())
                    .startsWith("/viec");
        } finally {
            second.destroy();
            second.waitFor(60, TimeUnit.SECONDS);
        }
    }

    private static void waitFor(Process product, int port, Path output) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!Files.readString(output).contains("localhost:" + port)) {
            assertThat(product.isAlive()).as("%s", Files.readString(output)).isTrue();
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(100);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
