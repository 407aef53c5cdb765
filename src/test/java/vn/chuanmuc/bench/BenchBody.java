package vn.chuanmuc.bench;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.criteria.Applicability;
import vn.chuanmuc.criteria.Decisions;
import vn.chuanmuc.directory.NewPerson;
import vn.chuanmuc.directory.People;
import vn.chuanmuc.directory.PersonKind;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.PersonName;
import vn.chuanmuc.testing.RealDecision;

/** A body for measuring: units of given sizes, the real decision, a launched campaign. Made through the modules' commands. */
final class BenchBody {
    static final String PASSWORD = BenchAccounts.PASSWORD;
    private static final UUID NOBODY = new UUID(0, 0);
    private static final String[] FAMILY = {"Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ"};
    private static final String[] MIDDLE = {"Văn", "Thị", "Hữu", "Đức", "Ngọc", "Minh", "Thanh"};
    private static final String[] GIVEN = {
        "An", "Ánh", "Bình", "Châu", "Dũng", "Đào", "Hạnh", "Hòa", "Huyền", "Khánh", "Lan", "Long", "Mai", "Nam", "Nga",
        "Oanh", "Phúc", "Quỳnh", "Sơn", "Thảo", "Thúy", "Tuấn", "Uyên", "Vinh", "Xuân", "Yến"
    };

    private final BenchAccounts accounts;
    final UUID tenant;
    final UUID root;
    final List<UUID> units;
    final List<UUID> people;
    final Viewer board;
    final Viewer clerk;
    final Viewer head;
    final UUID campaign;
    final double launchMillis;

    BenchBody(ApplicationContext context, String name, int... sizes) {
        this(context, name, Set.of(Commitments.ELECTRONIC, Commitments.PAPER), sizes);
    }

    /** @param methods the ways of signing that the campaign allows */
    BenchBody(ApplicationContext context, String name, Set<String> methods, int... sizes) {
        Units tree = context.getBean(Units.class);
        tenant = tree.createTenant(name);
        root = tree.root(tenant);
        accounts = new BenchAccounts(context, tenant);
        var wanted = new ArrayList<Units.NewUnit>();
        for (int i = 0; i < sizes.length; i++) {
            wanted.add(
                    new Units.NewUnit("B" + i, String.format(Locale.ROOT, "Đơn vị đo %04d", i), Units.Kind.WARD, root));
        }
        units = tree.addAll(tenant, NOBODY, wanted);
        var newPeople = new ArrayList<NewPerson>();
        int number = 0;
        for (int unit = 0; unit < sizes.length; unit++) {
            for (int i = 0; i < sizes[unit]; i++, number++) {
                newPeople.add(person(number, units.get(unit)));
            }
        }
        people = context.getBean(People.class).addAll(tenant, NOBODY, newPeople);
        board = accounts.open("ban to chuc " + name, Role.BOARD, root);
        clerk = accounts.open("van phong " + name, Role.CLERK, root);
        head = accounts.open("thu truong " + name, Role.HEAD, root);
        UUID decision = publish(context.getBean(Decisions.class), name);
        context.getBean(Applicability.class).acceptProposals(board, decision, units);
        Campaigns campaigns = context.getBean(Campaigns.class);
        var saved = (Campaigns.Saved.Done) campaigns.create(
                board,
                new Campaigns.Plan(
                        2026,
                        "Đợt đo",
                        "",
                        null,
                        decision,
                        LocalDate.of(2027, 1, 30),
                        LocalDate.of(2027, 2, 15),
                        methods,
                        root,
                        Set.copyOf(units)));
        campaign = saved.campaignId();
        long start = System.nanoTime();
        var launch = campaigns.launch(board, campaign);
        launchMillis = (System.nanoTime() - start) / 1e6;
        if (!(launch instanceof Campaigns.Launch.Launched)) {
            throw new IllegalStateException("not launched: " + launch);
        }
    }

    static NewPerson person(int number, UUID unit) {
        String name = FAMILY[number % FAMILY.length]
                + " "
                + MIDDLE[number / 10 % MIDDLE.length]
                + " "
                + GIVEN[number / 70 % GIVEN.length]
                + " "
                + GIVEN[number / 1820 % GIVEN.length];
        boolean leads = number % 10 == 0;
        return new NewPerson(
                PersonName.of(name),
                LocalDate.of(1965, 1, 1).plusDays(number % 14_000),
                PersonKind.CIVIL_SERVANT,
                unit,
                "Khối Đảng, đoàn thể",
                leads ? "Trưởng ban" : "Chuyên viên",
                leads,
                leads ? 10 : 100,
                true);
    }

    static String name(int number) {
        return person(number, NOBODY).name().display();
    }

    /** An official's account, signed in. */
    Viewer official(String name, @Nullable UUID person) {
        return accounts.official(name, person);
    }

    private UUID publish(Decisions decisions, String name) {
        Viewer importer = accounts.open("nhap " + name, Role.IMPORTER, root);
        Viewer proofreader = accounts.open("soat " + name, Role.PROOFREADER, root);
        var imported = (Decisions.Import.Imported) decisions.importText(
                importer, "quyet-dinh-264.txt", RealDecision.text(), List.of(RealDecision.OTHER_READING));
        var settled =
                (Decisions.Settled.Done) decisions.acceptReadings(proofreader, imported.id(), RealDecision.SETTLED);
        return ((Decisions.Publication.Published)
                        decisions.publish(proofreader, imported.id(), settled.version(), null))
                .id();
    }
}
