package vn.chuanmuc.samples;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.SampleSignIns;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.Texts;

/** Accounts of sample people. Their password is printed on the sign-in page; it protects nothing and is stored as it is. */
@Component
@ConditionalOnProperty("chuanmuc.sample")
class SampleAccounts implements SampleSignIns {
    static final String PASSWORD = "chuan-muc-2021";
    /** Known passwords need no slow hash; the whole mode answers this machine only. */
    private static final String STORED = "{noop}" + PASSWORD;

    /** The accounts on the sign-in page: name and what the account is for, in the order in which the work goes. */
    private static final Map<String, String> OFFERED = new java.util.LinkedHashMap<>();

    static final String IMPORTER = "nhap.vanban";
    static final String PROOFREADER = "soat.vanban";
    static final String BOARD = "bantochuc";
    static final String SECOND_BOARD = "bantochuc.2";
    static final String INSPECTOR = "kiemtra";
    static final String ADMINISTRATOR = "quantri";
    static final String LEADER = "lanhdao.giangbien";
    static final String STAFF = "nhanvien.giangbien";
    static final String SUPPLEMENT = "vanphong.dotbosung";
    static final String ASSESSMENT_HEAD = "thutruong.danhgia";
    static final String ASSESSMENT_SECRETARY = "thuky.danhgia";
    static final String ASSESSMENT_STAFF = "nhanvien.danhgia";
    static final String ASSESSMENT_WRITING = "dangviet.danhgia";
    static final String ASSESSMENT_TOP = "captren.danhgia";

    static {
        OFFERED.put(STAFF, "samples.part.staff");
        OFFERED.put(LEADER, "samples.part.leader");
        OFFERED.put(clerkOf("Giang Biên"), "samples.part.clerk");
        OFFERED.put(headOf("Giang Biên"), "samples.part.head");
        OFFERED.put(SUPPLEMENT, "samples.part.supplement");
        OFFERED.put(ASSESSMENT_WRITING, "samples.part.assessment.writing");
        OFFERED.put(ASSESSMENT_STAFF, "samples.part.assessment.staff");
        OFFERED.put(ASSESSMENT_SECRETARY, "samples.part.assessment.secretary");
        OFFERED.put(ASSESSMENT_HEAD, "samples.part.assessment.head");
        OFFERED.put(ASSESSMENT_TOP, "samples.part.assessment.top");
        OFFERED.put(BOARD, "samples.part.board");
        OFFERED.put(SECOND_BOARD, "samples.part.board.second");
        OFFERED.put(IMPORTER, "samples.part.importer");
        OFFERED.put(PROOFREADER, "samples.part.proofreader");
        OFFERED.put(INSPECTOR, "samples.part.inspector");
        OFFERED.put(ADMINISTRATOR, "samples.part.administrator");
    }

    private final Accounts accounts;

    SampleAccounts(Accounts accounts) {
        this.accounts = accounts;
    }

    static String clerkOf(String ward) {
        return "vanphong." + plain(ward);
    }

    static String headOf(String ward) {
        return "thutruong." + plain(ward);
    }

    private static String plain(String ward) {
        return Texts.searchKey(ward).replace(" ", "").replace("phuong", "");
    }

    @Override
    public List<SampleSignIn> list() {
        return OFFERED.entrySet().stream()
                .flatMap(offered -> accounts.displayName(offered.getKey()).stream()
                        .map(name -> new SampleSignIn(offered.getKey(), PASSWORD, name, offered.getValue())))
                .toList();
    }

    /** Opens an account, with a role in a unit when one is given, and returns who that is. */
    Viewer open(
            UUID tenant,
            String name,
            String username,
            @Nullable UUID person,
            @Nullable Role role,
            @Nullable UUID unit,
            String reason) {
        UUID account = accounts.openKnown(tenant, SampleBody.NOBODY, name, username, person, STORED);
        List<Viewer.Grant> grants = List.of();
        if (role != null && unit != null) {
            accounts.grant(tenant, SampleBody.NOBODY, account, role, unit, reason);
            grants = List.of(new Viewer.Grant(role, unit));
        }
        return new Viewer(tenant, account, person, name, username, grants, false, false);
    }
}
