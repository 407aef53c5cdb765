package vn.chuanmuc.petitions;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.*;
import vn.chuanmuc.assessments.*;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.petitions.Petition.Outcome;
import vn.chuanmuc.rules.Rules;
import vn.chuanmuc.testing.*;

@ProductTest
class LookScratchTest {
    @Autowired TestBodies bodies;
    @Autowired Campaigns campaigns;
    @Autowired Commitments commitments;
    @Autowired Rules rules;
    @Autowired Cycles cycles;
    @Autowired Forms forms;
    @Autowired LevelDecisions decisions;
    @Autowired Results results;
    @Autowired Petitions petitions;
    @Autowired Drafting drafting;
    @Autowired Handling handling;
    @Autowired Deciding deciding;
    @Autowired PetitionLetters letters;
    @Autowired JdbcClient jdbc;
    @Value("${local.server.port}") int port;

    @Test
    void look() throws Exception {
        var g = new PetitionGround(bodies.create(), campaigns, commitments, rules, cycles, forms, decisions, results, jdbc, null, "Trần Thị Hoà", "Đỗ Văn An", "Vũ Thị Bình");
        for (String n : List.of("Trần Thị Hoà", "Đỗ Văn An", "Vũ Thị Bình")) g.told(n, "dat_mot_phan");
        UUID draft = draft(g, "Trần Thị Hoà");
        UUID an = draft(g, "Đỗ Văn An");
        drafting.attach(g.official("Đỗ Văn An"), an, false, "Giấy khen quý IV", PetitionGround.picture());
        drafting.file(g.official("Đỗ Văn An"), an);
        handling.acknowledge(g.clerk, an, "");
        handling.assign(g.board, an, 2, g.clerk.username(), "");
        handling.ask(g.clerk, an, 3, g.head.username(), null, "Vì sao nội dung 2 chỉ đạt một phần?", null);
        UUID b = draft(g, "Vũ Thị Bình");
        drafting.file(g.official("Vũ Thị Bình"), b);
        handling.acknowledge(g.clerk, b, "");
        handling.assign(g.board, b, 2, g.clerk.username(), "");
        handling.ask(g.clerk, b, 3, g.head.username(), null, "Vì sao nội dung 2 chỉ đạt một phần?", null);
        handling.opine(g.head, b, 1, "Còn hai việc chậm trong tháng 11, xin xem lại hồ sơ.");
        var w = new Handling.Wanted(Outcome.CHANGE, "dat", "Đã đối chiếu hồ sơ tháng 11: hai việc chậm do đơn vị khác chuyển hồ sơ trễ, không do người được đánh giá.", "Tiếp tục phát huy.", "", 0);
        handling.propose(g.clerk, b, 5, w);
        deciding.decide(g.board, b, 6, w);
        g.approve(g.top, "Vũ Thị Bình", 2);
        System.err.println(deciding.answer(g.board, b, 8, true));
        Files.write(Path.of("/tmp/pet-answer.pdf"), letters.answer(g.board, b, false).bytes());
        Files.write(Path.of("/tmp/pet-answer.docx"), letters.answer(g.board, b, true).bytes());
        Files.write(Path.of("/tmp/pet-receipt.pdf"), letters.receipt(g.board, an, false).bytes());
        Files.writeString(Path.of("/tmp/pet-look.json"), """
            {"port":%d,"hoa":"%s","an":"%s","binh":"%s","clerk":"%s","board":"%s","other":"%s","head":"%s","draft":"%s","p":"%s","b":"%s","form":"%s"}
            """.formatted(port, g.official("Trần Thị Hoà").username(), g.official("Đỗ Văn An").username(), g.official("Vũ Thị Bình").username(), g.clerk.username(), g.board.username(), g.otherBoard.username(), g.head.username(), draft, an, b, g.form("Trần Thị Hoà")));
        for (int i = 0; i < 900 && !Files.exists(Path.of("/tmp/pet-stop")); i++) Thread.sleep(1000);
    }

    private UUID draft(PetitionGround g, String n) {
        var v = g.official(n);
        UUID id = ((Drafting.Opened.Draft) drafting.open(v, PetitionGround.quarter(), g.form(n))).petition();
        drafting.save(v, id, 0, new Drafting.Draft(true, List.of(1, 2), "Tháng 11 tôi hoàn thành 14 trên 15 hồ sơ đúng hạn; hồ sơ còn lại do đơn vị khác chuyển chậm (có văn bản kèm theo).\nĐề nghị xem lại nội dung 2.", "Xem lại mức của nội dung 2 và mức xếp loại.", "", null));
        return id;
    }
}
