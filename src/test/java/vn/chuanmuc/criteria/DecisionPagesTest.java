package vn.chuanmuc.criteria;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Entities;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.Browser.Answer;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.RealDecision;
import vn.chuanmuc.testing.TestBodies;

@ProductTest
class DecisionPagesTest {
    private static final String FORM = "/van-ban/nhap";

    @Autowired
    TestBodies bodies;

    @Autowired
    Decisions decisions;

    @Autowired
    vn.chuanmuc.access.Accounts accounts;

    @Autowired
    Criteria criteria;

    @Test
    void leadsFromThePastedTextToThePublishedDecision() {
        var body = bodies.create();
        var importer = body.browser(body.viewer(Role.IMPORTER, body.root));
        assertThat(importer.get("/van-ban").page().select(".cm-empty a").attr("href"))
                .isEqualTo(FORM);
        var sample = importer.get("/van-ban/mau/quyet-dinh-264.txt");
        assertThat(sample.text()).isEqualTo(RealDecision.text());
        Answer draft = paste(importer, sample.text(), RealDecision.OTHER_READING);
        String address = draft.path().replaceFirst("\\?.*", "");
        assertThat(draft.page().select(".cm-source li"))
                .hasSize(DecisionReader.linesOf(sample.text()).size());
        assertThat(draft.page().select(".cm-place.open")).isNotEmpty();
        assertThat(draft.page().select(".cm-place.open blockquote").text()).contains("27.1.9./2021");

        var proofreader = body.browser(body.viewer(Role.PROOFREADER, body.root));
        assertThat(proofreader.get("/viec").page().select(".cm-todo").text()).contains("1 văn bản");
        Document page = proofreader.get(address).page();
        assertThat(page.select("form[action$=/cong-bo]")).isEmpty();
        Answer wrong = settle(proofreader, page, "decision.date", "khac", "31/9/2021");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.page().select("#f-o-decision-date").val()).isEqualTo("31/9/2021");
        assertThat(wrong.page().select("#e-o-decision-date").text()).contains("Lịch không có ngày này");
        assertThat(settle(proofreader, page, "decision.signer", "khac", " ")
                        .page()
                        .select("#e-o-decision-signer")
                        .text())
                .contains("Hãy chọn một cách đọc");
        settle(proofreader, page, "decision.date", "24/09/2021", "");
        settle(proofreader, proofreader.get(address).page(), "decision.number", "khac", "264-QĐ/QU");
        // whatever is still open is confirmed as it stands in its form
        for (Element open = open(proofreader, address); open != null; open = open(proofreader, address)) {
            Element value = open.selectFirst("textarea, input[name=gia-tri], select");
            Element choice = open.select("input[name=chon]").last() == null
                    ? null
                    : open.select("input[name=chon]").first();
            String where = open.select("input[name=cho]").val();
            settle(
                    proofreader,
                    open.ownerDocument() == null ? page : open.ownerDocument(),
                    where,
                    choice == null ? "khac" : choice.val(),
                    value == null
                            ? ""
                            : value.tagName().equals("select")
                                    ? value.select("option[selected]").val()
                                    : value.val());
        }
        Document ready = proofreader.get(address).page();
        assertThat(importer.get(address).page().select("#f-cong-bo").text()).contains("Chỉ cán bộ soát văn bản");
        Answer published = proofreader.post(
                address,
                address + "/cong-bo",
                "ban",
                ready.select("form[action$=/cong-bo] [name=ban]").val());
        assertThat(published.status()).isEqualTo(200);
        assertThat(published.page().select("h1").text()).isEqualTo("Quyết định 264-QĐ/QU");
        assertThat(published.page().select(".cm-facts").text())
                .contains("264...-QĐ/QU")
                .contains("24/09/2021");
        // the words on the page are those of the source, character for character
        String source = RealDecision.text();
        var words = published.page().select(".cm-items .cm-words").stream()
                .map(Element::wholeText)
                .toList();
        assertThat(words).hasSize(45).allSatisfy(item -> assertThat(source).contains("- " + item));
        assertThat(published.page().select(".cm-items .cm-words").stream().map(Element::wholeText))
                .isEqualTo(readItems(source));
        assertThat(proofreader.get(address + "/nguon").bytes()).isEqualTo(source.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> readItems(String source) {
        return CriteriaSamples.read(source).decision().sets().stream()
                .flatMap(set -> set.groups().stream())
                .flatMap(group -> group.criteria().stream())
                .flatMap(criterion -> criterion.items().stream())
                .map(ReadItem::text)
                .toList();
    }

    private static @Nullable Element open(Browser browser, String address) {
        return browser.get(address).page().selectFirst(".cm-place.open");
    }

    private static Answer paste(Browser browser, String text, String others) {
        return browser.upload(FORM, FORM, "tep", "", new byte[0], "noi-dung", text, "nguon-khac", others);
    }

    private static Answer settle(Browser browser, Document page, String where, String choice, String value) {
        Element form = page.selectFirst("form:has(input[name=cho][value=" + where + "])");
        assertThat(form).as(where).isNotNull();
        return browser.postWithToken(
                form.select("input[name=_csrf]").val(),
                form.attr("action"),
                "ban",
                form.select("input[name=ban]").val(),
                "cho",
                where,
                "chon",
                choice,
                "gia-tri",
                value);
    }

    @Test
    void keepsAnUnreadableTextAndNamesItsLines() {
        var body = bodies.create();
        var importer = body.browser(body.viewer(Role.IMPORTER, body.root));
        String text = "QUYẾT ĐỊNH\n\nĐiều 1. Ban hành <b>bộ</b>\n\nBỘ TIÊU CHÍ\nĐánh giá\n\nI. NHÓM MỘT\n\nhết";
        Answer answer = paste(importer, text, "nguồn khác");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.page().select("textarea[name=noi-dung]").val()).isEqualTo(text);
        assertThat(answer.page().select("textarea[name=nguon-khac]").val()).isEqualTo("nguồn khác");
        assertThat(answer.page().select("#loi a"))
                .isNotEmpty()
                .allSatisfy(link ->
                        assertThat(answer.page().selectFirst(link.attr("href"))).isNotNull());
        assertThat(answer.page().select(".cm-source li").get(2).text()).isEqualTo("Điều 1. Ban hành <b>bộ</b>");
    }

    @Test
    void answersHostileInputWithAClearMessage() {
        var body = bodies.create();
        var importer = body.browser(body.viewer(Role.IMPORTER, body.root));
        Answer huge = paste(importer, RealDecision.text() + "\n- " + "chữ và chữ ".repeat(500_000), "");
        assertThat(huge.status()).isEqualTo(422);
        assertThat(huge.page().select("#loi").text()).contains("ký tự");
        assertThat(huge.bytes().length).isLessThan(50_000);
        Answer binary = importer.upload(FORM, FORM, "tep", "anh.txt", new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 1, 2});
        assertThat(binary.status()).isEqualTo(422);
        assertThat(binary.page().select("#e-tep").text()).isNotBlank();
        Answer control = paste(importer, "QUYẾT ĐỊNH\nĐiều 1. a\u0001b", "");
        assertThat(control.page().select("#loi").text()).contains("U+0001");
        assertThat(paste(importer, "", "").page().select("#e-noi-dung").text()).contains("Chưa có nội dung");
        assertThat(importer.get("/van-ban").page().select("tbody tr")).isEmpty();
    }

    @Test
    void showsMarkupInItemsAsText() {
        var body = bodies.create();
        var importer = body.browser(body.viewer(Role.IMPORTER, body.root));
        String text = RealDecision.text().replace("- Đủ sức khỏe để", "- <script>alert(1)</script> Đủ sức khỏe để");
        Answer draft = paste(importer, text, "<img src=x onerror=alert(1)> số 264-QĐ/QU");
        assertThat(draft.page().select("main script, main img")).isEmpty();
        assertThat(draft.page().select(".cm-words").text()).contains("<script>alert(1)</script>");
    }

    @Test
    void readsADecomposedTextFromAFileAndKeepsItsCharacters() {
        var body = bodies.create();
        Viewer viewer = body.viewer(Role.IMPORTER, body.root);
        var importer = body.browser(viewer);
        String text = Normalizer.normalize(RealDecision.text(), Normalizer.Form.NFD);
        Answer draft = importer.upload(
                FORM, FORM, "tep", "tách rời.txt", text.getBytes(StandardCharsets.UTF_8), "noi-dung", "");
        UUID id = UUID.fromString(draft.path().replaceFirst("\\?.*", "").substring("/van-ban/".length()));
        var first = decisions
                .get(viewer, id)
                .proof()
                .at("set[1].group[1].criterion[1].item[1]")
                .value();
        assertThat(Normalizer.isNormalized(first, Normalizer.Form.NFC)).isFalse();
        assertThat(text).contains("- " + first + "\n");
        assertThat(importer.get("/van-ban/" + id + "/nguon").bytes()).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
        // a second time the same bytes: told, not refused
        Answer again =
                importer.upload(FORM, FORM, "tep", "lại.txt", text.getBytes(StandardCharsets.UTF_8), "noi-dung", "");
        assertThat(again.page().select(".alert-warning a").attr("href")).isEqualTo("/van-ban/" + id);
    }

    @Test
    void readsAWordFileAndGivesItBackAsItCame() throws IOException {
        var body = bodies.create();
        Viewer viewer = body.viewer(Role.IMPORTER, body.root);
        var importer = body.browser(viewer);
        byte[] docx = docx(RealDecision.text());
        Answer draft = importer.upload(FORM, FORM, "tep", "264.docx", docx, "noi-dung", "");
        UUID id = UUID.fromString(draft.path().replaceFirst("\\?.*", "").substring("/van-ban/".length()));
        assertThat(decisions.get(viewer, id).proof().read().sets())
                .extracting(set -> set.groups().size())
                .containsExactly(3, 2);
        Answer source = importer.get("/van-ban/" + id + "/nguon");
        assertThat(source.bytes()).isEqualTo(docx);
        assertThat(source.type()).contains("wordprocessingml");
        assertThat(draft.page().select(".cm-source").text()).contains("Đủ sức khỏe để thực hiện nhiệm vụ.");
    }

    private static byte[] docx(String text) throws IOException {
        var paragraphs = new StringBuilder();
        for (String line : DecisionReader.linesOf(text)) {
            paragraphs
                    .append("<w:p><w:r><w:t xml:space=\"preserve\">")
                    .append(Entities.escape(line))
                    .append("</w:t></w:r></w:p>");
        }
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            add(zip, "[Content_Types].xml", """
                    <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
                      <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
                      <Override PartName="/word/document.xml"
                        ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
                    </Types>""");
            add(zip, "_rels/.rels", """
                    <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
                      <Relationship Id="r1" Target="word/document.xml"
                        Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>
                    </Relationships>""");
            add(zip, "word/document.xml", """
                    <w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>
                    """.formatted(paragraphs));
        }
        return bytes.toByteArray();
    }

    private static void add(ZipOutputStream zip, String name, String content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    @Test
    void keepsWhatWasEnteredWhenSomebodyElseCorrectedMeanwhile() {
        var body = bodies.create();
        var importer = body.browser(body.viewer(Role.IMPORTER, body.root));
        var proofreader = body.browser(body.viewer(Role.PROOFREADER, body.root));
        var colleague = body.browser(body.viewer(Role.PROOFREADER, body.root));
        String address = paste(importer, RealDecision.text(), "").path().replaceFirst("\\?.*", "");
        Document seen = proofreader.get(address).page();
        settle(colleague, colleague.get(address).page(), "decision.issuer", "khac", "Ban Thường vụ Quận ủy");
        Answer late = settle(proofreader, seen, "decision.issuer", "khac", "BAN THƯỜNG VỤ");
        assertThat(late.status()).isEqualTo(422);
        assertThat(late.page().select("#f-o-decision-issuer").val()).isEqualTo("BAN THƯỜNG VỤ");
        assertThat(late.page().select("#o-decision-issuer > .cm-words").text()).isEqualTo("Ban Thường vụ Quận ủy");
        assertThat(late.page().select("#o-decision-issuer .cm-printed").text()).contains("QUẬN ỦY LONG BIÊN");
        Answer again = settle(proofreader, late.page(), "decision.issuer", "khac", "BAN THƯỜNG VỤ");
        assertThat(again.page().select("#o-decision-issuer > .cm-words").text()).isEqualTo("BAN THƯỜNG VỤ");
    }

    /** design.md, authority: two pairs of eyes, importer ≠ proof-reader. */
    @Test
    void showsTheImporterTheProofWithoutLettingThemSettleAnything() {
        var body = bodies.create();
        // who imports is a proof-reader, too: still not of their own import
        var both = body.viewer(Role.IMPORTER, body.root);
        accounts.grant(body.tenant, both.accountId(), both.accountId(), Role.PROOFREADER, body.root, "thử");
        var importer = body.browser(both);
        String address = paste(importer, RealDecision.text(), RealDecision.OTHER_READING)
                .path()
                .replaceFirst("\\?.*", "");
        Document page = importer.get(address).page();
        assertThat(page.select(".cm-place.open")).isNotEmpty();
        assertThat(page.select("form[action$=/soat], a[href*=/noi-dung]")).isEmpty();
        assertThat(page.select("[role=status]").text()).contains("chỉ xem được");
        String token = page.select("input[name=_csrf]").eachAttr("value").getFirst();
        assertThat(importer.postWithToken(
                                token, address + "/soat", "ban", "1", "cho", "decision.date", "gia-tri", "24/09/2021")
                        .status())
                .isEqualTo(422);
        assertThat(importer.postWithToken(
                                token,
                                address + "/noi-dung",
                                "ban",
                                "1",
                                "cho",
                                "set[1].group[1].criterion[1].item[1]",
                                "viec",
                                "bo")
                        .status())
                .isEqualTo(422);
        assertThat(importer.get(address).page().select(".cm-place.open"))
                .hasSize(page.select(".cm-place.open").size());
    }

    @Test
    void arrangesItemsOnTheirOwnPage() {
        var body = bodies.create();
        var importer = body.browser(body.viewer(Role.IMPORTER, body.root));
        var proofreader = body.browser(body.viewer(Role.PROOFREADER, body.root));
        String address = paste(importer, RealDecision.text(), "").path().replaceFirst("\\?.*", "");
        Document page = proofreader.get(address).page();
        String item = page.select("a[href*=/noi-dung]").getFirst().attr("href");
        Document one = proofreader.get(item).page();
        assertThat(one.select("blockquote").text()).isNotBlank();
        assertThat(one.select("#tieu-chi option")).hasSize(15);
        Answer unsplit = arrange(proofreader, one, "tach", "loi", "một dòng không có chỗ tách");
        assertThat(unsplit.status()).isEqualTo(422);
        assertThat(unsplit.page().select("#tach").val()).isEqualTo("một dòng không có chỗ tách");
        Answer noLine = arrange(proofreader, one, "them", "loi", "Nội dung mới", "dong", "100000");
        assertThat(noLine.status()).isEqualTo(422);
        assertThat(noLine.page().select("[role=alert]").text()).contains("dòng");
        assertThat(noLine.page().select("#them").val()).isEqualTo("Nội dung mới");
        Answer added = arrange(proofreader, one, "them", "loi", "Nội dung mới", "dong", "40");
        assertThat(added.path()).startsWith(address + "?xong=arranged");
        assertThat(added.page().select(".cm-place:contains(người soát thêm)").text())
                .contains("Nội dung mới")
                .contains("40");
        // what was seen before is overtaken, and nothing that was entered is lost
        Answer late = arrange(proofreader, one, "them", "loi", "Nội dung muộn");
        assertThat(late.status()).isEqualTo(422);
        assertThat(late.page().select("#them").val()).isEqualTo("Nội dung muộn");
        Answer gone = arrange(proofreader, proofreader.get(item).page(), "bo");
        Document after = gone.page();
        assertThat(after.select("h3").text()).contains("Nội dung đã bỏ");
        Document removed = proofreader
                .get(after.select("a[href*=/noi-dung]").getLast().attr("href"))
                .page();
        assertThat(removed.select("h1").text()).isEqualTo("Nội dung đã bỏ");
        assertThat(arrange(proofreader, removed, "chuyen", "tieu-chi", "set[1].group[1].criterion[2]")
                        .page()
                        .select("h3")
                        .text())
                .doesNotContain("Nội dung đã bỏ");
        assertThat(proofreader.get(address + "/noi-dung?cho=x").status()).isEqualTo(404);
    }

    private static Answer arrange(Browser browser, Document page, String what, String... more) {
        Element form = page.select("form[action$=/noi-dung]").getFirst();
        var fields = new java.util.ArrayList<>(List.of(
                "ban",
                form.select("[name=ban]").val(),
                "cho",
                form.select("[name=cho]").val(),
                "viec",
                what));
        fields.addAll(List.of(more));
        return browser.postWithToken(
                form.select("input[name=_csrf]").val(), form.attr("action"), fields.toArray(String[]::new));
    }

    @Test
    void comparesTheTwoSetsOfTheRealDecision() {
        var body = bodies.create();
        var real = RealDecision.publish(decisions, criteria, body);
        var page = body.browser(body.official(body.person("Trần Thị Mẫu", body.wardOne, body.partyBloc, body.staff)))
                .get("/van-ban/" + real.id() + "/so-sanh-bo/" + real.leadersSet() + "/" + real.staffSet())
                .page();
        assertThat(page.select("[data-kind=SAME]").text()).startsWith("11 ");
        assertThat(page.select("[data-kind=REWORDED]").text()).startsWith("7 ");
        assertThat(page.select("[data-kind=REMOVED]").text()).startsWith("9 ");
        assertThat(page.select("tbody tr")).hasSize(27);
        assertThat(page.select("tbody del")).isNotEmpty();
    }

    @Test
    void opensEachRouteToItsRolesOnly() {
        var body = bodies.create();
        var real = RealDecision.publish(decisions, criteria, body);
        var draft = (Decisions.Import.Imported)
                decisions.importText(real.importer(), "nháp", RealDecision.text(), List.of());
        for (Role role : Role.values()) {
            var browser = body.browser(body.viewer(role, body.root));
            boolean reads = role.holds(Permission.READ_DECISIONS);
            boolean works = role == Role.IMPORTER || role == Role.PROOFREADER;
            boolean decides = role == Role.CLERK || role == Role.BOARD;
            String published = "/van-ban/" + real.id();
            assertThat(browser.get("/van-ban").status()).as("%s list", role).isEqualTo(reads ? 200 : 403);
            assertThat(browser.get(published).status()).as("%s published", role).isEqualTo(reads ? 200 : 403);
            assertThat(browser.get(published + "/nguon").status())
                    .as("%s source", role)
                    .isEqualTo(reads ? 200 : 403);
            assertThat(browser.get(published + "/so-sanh/" + real.id()).status())
                    .as("%s comparison", role)
                    .isEqualTo(reads ? 200 : 403);
            assertThat(browser.get(FORM).status()).as("%s import", role).isEqualTo(role == Role.IMPORTER ? 200 : 403);
            assertThat(browser.get("/van-ban/mau/quyet-dinh-264.txt").status())
                    .as("%s sample", role)
                    .isEqualTo(role == Role.IMPORTER ? 200 : 403);
            assertThat(browser.get("/van-ban/" + draft.id()).status())
                    .as("%s draft", role)
                    .isEqualTo(works ? 200 : reads ? 404 : 403);
            assertThat(browser.get("/can-bo/bo-tieu-chi").status())
                    .as("%s sets", role)
                    .isEqualTo(decides ? 200 : 403);
            String token = browser.token("/viec");
            assertThat(browser.postWithToken(token, "/van-ban/" + draft.id() + "/cong-bo", "ban", "1")
                            .status())
                    .as("%s publish", role)
                    .isEqualTo(role == Role.PROOFREADER ? 422 : 403);
            assertThat(browser.postWithToken(token, "/van-ban/" + draft.id() + "/bo", "ban", "1", "ly-do", "")
                            .status())
                    .as("%s drop", role)
                    .isEqualTo(works ? 422 : 403);
            assertThat(browser.postWithToken(
                                    token, "/van-ban/" + draft.id() + "/soat", "ban", "1", "cho", "decision.date")
                            .status())
                    .as("%s settle", role)
                    .isEqualTo(role == Role.PROOFREADER ? 422 : 403);
            assertThat(browser.get("/van-ban/" + draft.id()
                                    + "/noi-dung?cho=set[1].group[1].criterion[1]"
                                            .replace("[", "%5B")
                                            .replace("]", "%5D"))
                            .status())
                    .as("%s arrange", role)
                    .isEqualTo(role == Role.PROOFREADER ? 200 : 403);
            assertThat(browser.postWithToken(
                                    token,
                                    "/can-bo/bo-tieu-chi/dong-y",
                                    "van-ban",
                                    real.id().toString())
                            .status())
                    .as("%s accept", role)
                    .isEqualTo(decides ? 200 : 403);
        }
        var other = bodies.create();
        var stranger = other.browser(other.viewer(Role.PROOFREADER, other.root));
        assertThat(stranger.get("/van-ban/" + real.id()).status()).isEqualTo(404);
        assertThat(stranger.get("/van-ban/" + draft.id()).status()).isEqualTo(404);
        assertThat(bodies.stranger().get("/van-ban").path()).startsWith("/dang-nhap");
    }
}
