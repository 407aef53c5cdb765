package vn.chuanmuc.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.chuanmuc.testing.Browser;

/** Sample mode as a process of its own: two quarters of assessment to look at, made by the modules' own commands; there again the next time. */
class SampleModeTest {
    private static final int START_SECONDS = 400;

    @TempDir
    Path folder;

    private Process start(int port, Path output) throws IOException {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-Dstdout.encoding=UTF-8",
                        "-Dstderr.encoding=UTF-8",
                        "-cp",
                        classPath,
                        "vn.chuanmuc.ChuanMuc")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeAll(List.of("DATABASE_URL", "LANG"));
        builder.environment().put("CHUANMUC_DATA", folder.resolve("data").toString());
        builder.environment().put("CHUANMUC_SAMPLE", "true");
        builder.environment().put("PORT", Integer.toString(port));
        return builder.start();
    }

    private static void waitFor(Process product, int port, Path output) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!Files.readString(output).contains("localhost:" + port)) {
            assertThat(product.isAlive()).as("%s", Files.readString(output)).isTrue();
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(100);
        }
    }

    private static Browser of(int port, String username) {
        var browser = Browser.at(port);
        assertThat(browser.post("/dang-nhap", "/dang-nhap", "ten", username, "mat-khau", SampleAccounts.PASSWORD)
                        .path())
                .startsWith("/viec");
        return browser;
    }

    private static String page(Browser browser, String path) {
        var answer = browser.get(path);
        assertThat(answer.status()).as(path).isEqualTo(200);
        return answer.page().select("main").text();
    }

    @Test
    void showsTwoQuartersOfAssessmentAndHasThemTheNextTime() throws Exception {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Path output = folder.resolve("first.txt");
        long begun = System.nanoTime();
        Process first = start(port, output);
        try {
            waitFor(first, port, output);
            System.out.printf("sample mode, first start: %d ms%n", (System.nanoTime() - begun) / 1_000_000);
            assertThat(Files.readString(output)).contains("nhanvien.danhgia").contains("thuky.danhgia");
            looked(port);
        } finally {
            first.destroy();
            assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        Path again = folder.resolve("second.txt");
        begun = System.nanoTime();
        Process second = start(port, again);
        try {
            waitFor(second, port, again);
            System.out.printf("sample mode, second start: %d ms%n", (System.nanoTime() - begun) / 1_000_000);
            assertThat(Files.readString(again)).doesNotContain("Đang tạo dữ liệu mẫu");
            looked(port);
        } finally {
            second.destroy();
            second.waitFor(60, TimeUnit.SECONDS);
        }
    }

    /** One of each thing that the samples are there to show; every name of it says that it is one. */
    private static void looked(int port) throws IOException, InterruptedException {
        Browser staff = of(port, "nhanvien.danhgia");
        assertThat(page(staff, "/danh-gia/ket-qua"))
                .contains("Quý III năm 2021")
                .contains("Quý II năm 2021")
                .contains("Đơn vị mẫu")
                .contains("Đang có kiến nghị");
        assertThat(page(staff, "/kien-nghi")).contains("mẫu");
        String result = staff.get("/danh-gia/ket-qua")
                .page()
                .select("main a[href^=/danh-gia/ket-qua/]")
                .attr("href");
        assertThat(staff.get(result).page().select("#so-lieu").text())
                .as("figures as they were brought in, in a result")
                .contains("Tỷ lệ hồ sơ giải quyết đúng hạn")
                .contains("Mức độ hài lòng")
                .contains("05-BC/MẪU");

        Browser writing = of(port, "dangviet.danhgia");
        var own = writing.get("/danh-gia").page();
        String form = own.select("main a[href$=/tu-danh-gia]").attr("href");
        assertThat(form).as(own.select("main").text()).isNotEmpty();
        assertThat(page(writing, form))
                .contains("Quý II năm 2021")
                .as("what was planned for this quarter")
                .contains("không để hồ sơ nào quá hẹn (mẫu)");
        assertThat(page(writing, form + "/minh-chung/1"))
                .as("figures that can be taken into a form")
                .contains("Lấy vào phiếu")
                .contains("(mẫu)");

        Browser secretary = of(port, "thuky.danhgia");
        var meetings = secretary.get("/hop").page();
        assertThat(meetings.select("main").text())
                .contains("Đã kết thúc")
                .contains("Đã triệu tập")
                .contains("(mẫu)");
        String closed =
                meetings.select("main tr:contains(Đã kết thúc) a[href^=/hop/]").attr("href");
        try (var minutes =
                Loader.loadPDF(secretary.get(closed + "/bien-ban.pdf").bytes())) {
            assertThat(new PDFTextStripper().getText(minutes).replaceAll("\\s+", " "))
                    .contains("BIÊN BẢN")
                    .contains("phiếu kín")
                    .contains("(mẫu)");
        }

        Browser head = of(port, "thutruong.danhgia");
        // Figures follow a moment later, by a chore.
        String trend = page(head, "/tong-hop/xu-huong");
        for (int i = 0; i < 240 && !(trend.contains("Quý II năm 2021") && trend.contains("Quý III năm 2021")); i++) {
            Thread.sleep(500);
            trend = page(head, "/tong-hop/xu-huong");
        }
        assertThat(trend).contains("Quý II năm 2021").contains("Quý III năm 2021");
        String desk = head.get("/danh-gia/quyet-dinh")
                .page()
                .select("main a[href^=/danh-gia/quyet-dinh/]")
                .attr("href");
        assertThat(page(head, desk)).contains("Số liệu đã đổi").contains("đã được thay bằng 97 %");
        assertThat(page(of(port, SampleAccounts.BOARD), "/so-lieu?loc=waiting")).contains("07-BC/MẪU");
        assertThat(page(of(port, "captren.danhgia"), "/danh-gia/quyet-dinh")).contains("Đơn vị mẫu");
        assertThat(page(of(port, SampleAccounts.BOARD), "/kien-nghi/so")).contains("mẫu");
    }
}
