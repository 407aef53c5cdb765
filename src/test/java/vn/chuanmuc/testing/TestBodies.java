package vn.chuanmuc.testing;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.criteria.Criteria;
import vn.chuanmuc.criteria.Decisions;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.PersonName;
import vn.chuanmuc.kernel.Texts;

/** Makes bodies with units, people and accounts for tests, in the real database. */
@TestComponent
@Lazy
public class TestBodies {
    public static final String PASSWORD = "mot hai ba bon";
    private static final UUID NOBODY = new UUID(0, 0);
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final JdbcClient jdbc;
    private final Units units;
    private final Accounts accounts;
    private final Decisions decisions;
    private final Criteria criteria;
    private final TransactionTemplate transaction;
    private final String passwordHash;
    private final int port;

    TestBodies(
            JdbcClient jdbc,
            Units units,
            Accounts accounts,
            Decisions decisions,
            Criteria criteria,
            TransactionTemplate transaction,
            PasswordEncoder encoder,
            @Value("${local.server.port}") int port) {
        this.jdbc = jdbc;
        this.units = units;
        this.accounts = accounts;
        this.decisions = decisions;
        this.criteria = criteria;
        this.transaction = transaction;
        this.passwordHash = String.valueOf(encoder.encode(PASSWORD));
        this.port = port;
    }

    /** A new body with a top unit, two wards, two blocs and three positions. */
    public Body create() {
        int number = COUNT.incrementAndGet();
        UUID tenant = units.createTenant("Quận thử " + number);
        UUID root = units.root(tenant);
        List<UUID> wards = units.addAll(
                tenant,
                NOBODY,
                List.of(
                        new Units.NewUnit("P1", "Phường Một", Units.Kind.WARD, root),
                        new Units.NewUnit("P2", "Phường Hai", Units.Kind.WARD, root)));
        var body = new Body(tenant, root, wards.get(0), wards.get(1), number);
        body.partyBloc = bloc(tenant, "Khối Đảng, đoàn thể", 1);
        body.stateBloc = bloc(tenant, "Khối chính quyền", 2);
        body.secretary = position(tenant, "Bí thư Đảng ủy", true, 10);
        body.staff = position(tenant, "Văn phòng Đảng ủy", false, 100);
        return body;
    }

    private UUID bloc(UUID tenant, String name, int rank) {
        UUID id = Ids.next();
        jdbc.sql("insert into directory.bloc (tenant_id, id, name, match_key, rank_order) values (?, ?, ?, ?, ?)")
                .params(tenant, id, name, Texts.searchKey(name), rank)
                .update();
        return id;
    }

    private UUID position(UUID tenant, String name, boolean leads, int rank) {
        UUID id = Ids.next();
        jdbc.sql("""
                        insert into directory.position (tenant_id, id, name, match_key, leads, rank_order)
                        values (?, ?, ?, ?, ?, ?)
                        """)
                .params(tenant, id, name, Texts.searchKey(name), leads, rank)
                .update();
        return id;
    }

    /** A body made for a test, and how to put people and accounts into it. */
    public final class Body {
        public final UUID tenant;
        public final UUID root;
        public final UUID wardOne;
        public final UUID wardTwo;
        private final int number;
        public UUID partyBloc = NOBODY;
        public UUID stateBloc = NOBODY;
        /** A position that leads. */
        public UUID secretary = NOBODY;
        /** A position that does not. */
        public UUID staff = NOBODY;

        private Body(UUID tenant, UUID root, UUID wardOne, UUID wardTwo, int number) {
            this.tenant = tenant;
            this.root = root;
            this.wardOne = wardOne;
            this.wardTwo = wardTwo;
            this.number = number;
        }

        /** A person with one main assignment in the unit. */
        public UUID person(String fullName, UUID unit, UUID bloc, UUID position) {
            PersonName name = PersonName.of(fullName);
            UUID id = Ids.next();
            jdbc.sql("""
                            insert into directory.person
                                (tenant_id, id, full_name, folded_key, sort_key, search_key, birth_date, sample, created_at)
                            values (?, ?, ?, ?, ?, ?, ?, true, now())
                            """)
                    .params(
                            tenant,
                            id,
                            name.display(),
                            name.foldedKey(),
                            name.sortKey(),
                            name.searchKey(),
                            Date.valueOf(LocalDate.of(1980, 5, 2)))
                    .update();
            assign(id, unit, bloc, position, true);
            return id;
        }

        public void assign(UUID person, UUID unit, UUID bloc, UUID position, boolean main) {
            jdbc.sql("""
                            insert into directory.assignment
                                (tenant_id, id, person_id, unit_id, position_id, bloc_id, kind, main, rank_order, valid_from,
                                 sort_key)
                            select tenant_id, ?, id, ?, ?, ?, 'can-bo', ?, 100, date '2020-01-01', sort_key
                            from directory.person where tenant_id = ? and id = ?
                            """)
                    .params(Ids.next(), unit, position, bloc, main, tenant, person)
                    .update();
            if (main) {
                jdbc.sql("""
                                insert into directory.headcount (tenant_id, unit_id, day, id, people)
                                select tenant_id, ancestor_id, valid_from, gen_random_uuid(), 1
                                from directory.unit_path
                                where tenant_id = ? and descendant_id = ? and valid_to is null
                                """).params(tenant, unit).update();
            }
        }

        /** Many people with made-up names; every tenth leads. */
        public List<UUID> people(int count, UUID unit, UUID bloc) {
            var ids = new ArrayList<UUID>();
            for (int i = 0; i < count; i++) {
                ids.add(person("Nguyễn Văn Thử " + word(i), unit, bloc, i % 10 == 0 ? secretary : staff));
            }
            return ids;
        }

        /** A signed-in viewer with a role in a unit, as commands take it; the account exists. */
        public Viewer viewer(Role role, UUID unit) {
            return viewer(role, unit, null);
        }

        /** The official behind an account, without any role. */
        public Viewer official(UUID person) {
            UUID account = open("official", person);
            return new Viewer(tenant, account, person, "Người thử", username(account), List.of(), false, false);
        }

        public Viewer viewer(Role role, UUID unit, @Nullable UUID person) {
            UUID account = open(role.name().toLowerCase(java.util.Locale.ROOT), person);
            accounts.grant(tenant, NOBODY, account, role, unit, "thử");
            return new Viewer(
                    tenant,
                    account,
                    person,
                    "Tài khoản thử " + role,
                    username(account),
                    List.of(new Viewer.Grant(role, unit)),
                    false,
                    false);
        }

        private UUID open(String wish, @Nullable UUID person) {
            Accounts.Issued issued =
                    accounts.open(tenant, NOBODY, "Tài khoản thử " + wish, wish + ".b" + number, person);
            transaction.executeWithoutResult(status -> jdbc.sql(
                            "update access.account set password_hash = ?, code_hash = null where tenant_id = ? and id = ?")
                    .params(passwordHash, tenant, issued.accountId())
                    .update());
            return issued.accountId();
        }

        private String username(UUID account) {
            return jdbc.sql("select username from access.account where tenant_id = ? and id = ?")
                    .params(tenant, account)
                    .query((row, n) -> row.getString(1))
                    .single();
        }

        /** The product's entries by which a decision comes to be. */
        Decisions decisions() {
            return decisions;
        }

        Criteria criteria() {
            return criteria;
        }

        /** A browser signed in as the viewer. */
        public Browser browser(Viewer viewer) {
            var browser = new Browser(port);
            browser.signIn(viewer.username(), PASSWORD);
            return browser;
        }
    }

    /** A browser that nobody signed in to. */
    public Browser stranger() {
        return new Browser(port);
    }

    /** A word of letters for a number, so that made-up names stay names. */
    private static String word(int number) {
        var word = new StringBuilder();
        int rest = number;
        do {
            word.append((char) ('a' + rest % 26));
            rest /= 26;
        } while (rest > 0);
        word.setCharAt(0, Character.toUpperCase(word.charAt(0)));
        return word.toString();
    }
}
