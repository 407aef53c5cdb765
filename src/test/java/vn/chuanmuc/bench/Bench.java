package vn.chuanmuc.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.net.CookieManager;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.dhatim.fastexcel.Workbook;
import org.jsoup.Jsoup;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.ManyForms;
import vn.chuanmuc.assessments.Rollups;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.directory.LineMembers;
import vn.chuanmuc.directory.Lines;
import vn.chuanmuc.directory.PeopleImports;
import vn.chuanmuc.directory.PersonKind;
import vn.chuanmuc.directory.ReorganisationGround;
import vn.chuanmuc.directory.Scope;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.jobs.Chore;
import vn.chuanmuc.jobs.Jobs;
import vn.chuanmuc.platform.DatabaseInitializer;
import vn.chuanmuc.signing.SignatureCosts;
import vn.chuanmuc.submissions.Lists;
import vn.chuanmuc.testing.FreshDatabase;

/**
 * Measures in one run: the floor (a bare insert and commit, a bare indexed select on the same PostgreSQL, a static file from the
 * same web server) and ours. CPU milliseconds are those of the product's process and all PostgreSQL processes; the load comes
 * from a process of its own. {@code quick} leaves out the largest data; {@code large} measures 130,000 people in 1,000 units
 * alone, {@code nation} 2.5 million in 65,000 units alone, {@code ledger} signing and the ledger alone, {@code assess} forms of
 * assessment alone, {@code rollup} figures of 2.5 million forms alone.
 */
final class Bench {
    private static final Path FOLDER = Path.of("target", "bench-data");
    private static final int SIGNERS = 4_500;
    /** So many sign before it counts: with fewer the compilers of the JVM cost more than signing does. */
    private static final int FIRST_SIGNERS = 3_000;

    private final Figures figures = new Figures();
    private final boolean quick;
    private final boolean large;
    private final boolean nation;
    private final boolean ledger;
    private final boolean assess;
    private final boolean rollup;
    private final int port;
    private final ConfigurableApplicationContext context;
    private final long postgres;

    private Bench(List<String> arguments) throws IOException {
        quick = arguments.contains("quick");
        large = arguments.contains("large");
        nation = arguments.contains("nation");
        ledger = arguments.contains("ledger");
        assess = arguments.contains("assess");
        rollup = arguments.contains("rollup");
        deleteTree(FOLDER);
        port = freePort();
        var application = new SpringApplication(type("vn.chuanmuc.ChuanMuc"));
        // The tests' database stands on the same class path: here the product brings its own.
        application.setInitializers(application.getInitializers().stream()
                .filter(initializer -> !(initializer instanceof FreshDatabase))
                .toList());
        application.addInitializers(new DatabaseInitializer());
        context = application.run("--server.port=" + port, "--chuanmuc.data=" + FOLDER, "--server.address=127.0.0.1");
        postgres = Long.parseLong(Files.readAllLines(FOLDER.resolve("postgres/data/postmaster.pid"))
                .getFirst()
                .strip());
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    public static void main(String[] arguments) throws Exception {
        int status = 0;
        try {
            var bench = new Bench(List.of(arguments));
            bench.measure();
            bench.figures.print(Path.of("target", "bench.tsv"));
        } catch (Exception e) {
            e.printStackTrace(); // a bench that broke has nobody to answer to but the console
            status = 1;
        }
        System.exit(status);
    }

    private void measure() throws Exception {
        if (ledger) {
            double floor = insertAndCommit();
            var small = new BenchBody(context, "do nghin", new int[] {5_000, 50, 50});
            analyze();
            sign(small, floor);
            new BenchLedger(context, figures).measure(small, 50_000, FOLDER);
            context.close();
            return;
        }
        if (assess) {
            double floor = insertAndCommit();
            assess(new BenchBody(context, "do nghin", new int[] {2_000, 50, 50}), floor);
            if (!quick) {
                int[] many = new int[1_000];
                java.util.Arrays.fill(many, 30);
                many[0] = 100_030;
                createForms(new BenchBody(context, "do tram nghin", many));
            }
            context.close();
            return;
        }
        if (rollup) {
            rollups(new CountryBody(context));
            context.close();
            return;
        }
        if (large || nation) {
            if (large) {
                city();
            }
            if (nation) {
                country();
            }
            context.close();
            return;
        }
        System.out.println("Floors");
        double insert = insertAndCommit();
        double select = indexedSelect();
        System.out.println("Papers");
        PaperBench.measure(figures, quick);
        signatures();
        System.out.println("A body of 5,000 people in 40 units");
        int[] sizes = new int[40];
        java.util.Arrays.fill(sizes, 1, 40, 50);
        sizes[0] = 5_000;
        var body = new BenchBody(context, "do nghin", sizes);
        figures.plain("launch: 6,950 people frozen, wall", body.launchMillis, "ms");
        analyze();
        pages(body, select);
        sign(body, insert);
        new BenchLedger(context, figures).measure(body, quick ? 20_000 : 50_000, FOLDER);
        scans(body); // before everybody is made to have signed
        assess(body, insert);
        exports(body, "5,000", 1_000);
        imports(body, 5_000, 2_000);
        if (!quick) {
            imports(body, 100_000, 0);
            city();
            country();
        }
        context.close();
        starts();
    }

    private void signatures() {
        System.out.println("Digital signatures (one thread)");
        SignatureCosts.Signing rsa = SignatureCosts.rsa();
        figures.plain("java.security, RSA-2048", rsa.bare(), "ms");
        figures.timesFloor("PAdES B into a field, RSA-2048", rsa.field(), "ms", rsa.bare(), 8);
        figures.beside("the same with its visible text", rsa.text(), "ms", rsa.bare());
        figures.beside("PAdES B-T with text, time stamp in this process", rsa.stamped(), "ms", rsa.bare());
        SignatureCosts.Signing curve = SignatureCosts.curve();
        figures.beside("PAdES B into a field, P-256", curve.field(), "ms", curve.bare());
        figures.plain("strict check of two signatures with time stamps", SignatureCosts.check(), "ms");
    }

    private void city() throws Exception {
        System.out.println("A body of 130,000 people in 1,000 units");
        int[] many = new int[1_000];
        java.util.Arrays.fill(many, 30);
        many[0] = 100_030;
        var city = new BenchBody(context, "do tram nghin", many);
        figures.plain("launch: 130,000 people frozen, wall", city.launchMillis, "ms");
        compile(city, "100,000, of new tables"); // autovacuum has read nothing yet
        analyze();
        page("progress of 130,000 in 1,000 units", signIn(city.board), "/tien-do/" + city.campaign, 60, 50);
        page("list of 50 out of 130,000", signIn(city.board), "/cam-ket/danh-sach/" + city.campaign, 200, 0);
        page("first page of lists, 1,000 units", signIn(city.board), "/danh-sach", 100, 0);
        exported(city, "100,000", 0);
        lines(city);
        createForms(city);
    }

    /** Everybody of the city into two lines, by jobs; then the pages that count them. */
    private void lines(BenchBody city) throws Exception {
        var lines = context.getBean(Lines.class);
        var members = context.getBean(LineMembers.class);
        var jobs = context.getBean(Jobs.class);
        var scope = new Scope(city.tenant, city.board.accountId(), List.of(city.root));
        LocalDate today = LocalDate.now(context.getBean(Clock.class));
        UUID line = city.root;
        for (String name : List.of("Tuyến Đảng", "Tuyến chính quyền")) {
            line = made(lines.found(scope, new Lines.Saying(name, Lines.Kind.PARTY, "", today)));
            made(lines.place(scope, line, city.root, null, today, ""));
            for (UUID unit : city.units) {
                if (!unit.equals(city.root)) {
                    made(lines.place(scope, line, unit, city.root, today, ""));
                }
            }
            var everybody = new LineMembers.Selection(LineMembers.Move.JOIN, today, city.root, null, null, false);
            long people = members.preview(scope, line, everybody).concerned();
            long start = System.nanoTime();
            var later = (LineMembers.Carried.Later) members.carryOut(scope, line, everybody, people, "đo");
            while (jobs.find(city.tenant, later.jobId()).orElseThrow().live()) {
                Thread.sleep(100);
            }
            figures.plain(
                    "a job brings " + people + " people into a line, wall", (System.nanoTime() - start) / 1e9, "s");
        }
        analyze();
        String board = signIn(city.board);
        page("lines: 260,000 places of 130,000 people", board, "/tuyen", 400, 5);
        page("a line of 1,000 units", board, "/tuyen/" + line, 200, 0);
    }

    private static UUID made(Lines.Saved saved) {
        return switch (saved) {
            case Lines.Saved.Done(var id) -> id;
            case Lines.Saved.Refused refused -> throw new IllegalStateException(refused.toString());
        };
    }

    private void country() throws Exception {
        System.out.println("A body of 2,500,000 people in 65,000 units");
        var country = new CountryBody(context);
        figures.plain("loading it, wall", country.loadMillis / 1000, "s");
        analyze();
        Chore lookAlikes = context.getBean("lookAlikes", Chore.class);
        long noted = System.nanoTime();
        lookAlikes.run();
        figures.plain("noting who looks like whom, all 2.5 million, wall", (System.nanoTime() - noted) / 1e9, "s");
        analyze();
        String board = signIn(country.board);
        String province = signIn(country.provinceBoard);
        String clerk = signIn(country.clerk);
        for (int round = 0; round < 3; round++) { // the first pages of a process pay for its compilers
            for (String path : List.of("/can-bo", "/can-bo?sap=thu-tu", "/don-vi", "/can-bo?tim=nguyen+van+an")) {
                load(board, path, 600, 4);
            }
        }
        page("people of the country, by name", board, "/can-bo", 400, 5);
        page("people of the country, by rank", board, "/can-bo?sap=thu-tu", 400, 5);
        page("people of the country, page 100", board, "/can-bo?trang=100", 200, 0);
        page("people of a province of 40,000, by name", province, "/can-bo", 400, 5);
        page("people of a province of 40,000, by rank", province, "/can-bo?sap=thu-tu", 400, 5);
        page("people of a ward of 760", clerk, "/can-bo", 400, 5);
        page("people of the country on 30/06/2025", board, "/can-bo?ngay=30/06/2025", 400, 5);
        page("people of a province on 30/06/2025", province, "/can-bo?ngay=30/06/2025", 400, 5);
        page("search of people: nguyen van an", board, "/can-bo?tim=nguyen+van+an", 200, 20);
        page("search of people: Nguyễn Văn An", board, "/can-bo?tim=Nguy%E1%BB%85n+V%C4%83n+An", 200, 20);
        page("search of people: nguyen", board, "/can-bo?tim=nguyen", 200, 20);
        page("search of people, rare: duong bao chi yen", board, "/can-bo?tim=duong+bao+chi+yen", 200, 20);
        page("search of people in a province: nguyen van an", province, "/can-bo?tim=nguyen+van+an", 200, 20);
        page("a person", board, "/can-bo/" + CountryBody.person(1_234_567), 400, 5);
        page("tree: the top with 64 below it", board, "/don-vi", 400, 5);
        page("tree: a province with 52 below it", board, "/don-vi?tai=" + country.unit(1), 400, 5);
        page("tree: a unit on 30/06/2025", board, "/don-vi?tai=" + country.unit(1) + "&ngay=30/06/2025", 400, 5);
        page("search of units: hoa binh", board, "/don-vi?tim=hoa+binh", 400, 5);
        page("search of units: truong", board, "/don-vi?tim=truong", 400, 5);
        page("records that look alike", board, "/can-bo/trung", 200, 5);
        page("records that look alike, without a birth date", board, "/can-bo/trung?kieu=thieu-ngay-sinh", 200, 5);
        page("lines", board, "/tuyen", 400, 5);
        wholeTree(country);
        reorganisation();
        rollups(country);
    }

    /** The head-counts of all 65,000 units as they were on a day, from the stored lines. */
    private void wholeTree(CountryBody country) throws Exception {
        JdbcClient jdbc = context.getBean(JdbcClient.class);
        Work count = () -> {
            for (LocalDate day : List.of(CountryBody.REFORM.minusDays(1), CountryBody.REFORM)) {
                var top = new int[1];
                jdbc.sql("""
                                select unit_id, sum(people) as people from directory.headcount
                                where tenant_id = ? and day <= ? group by unit_id
                                """).params(country.tenant, java.sql.Date.valueOf(day)).query(row -> {
                    top[0] = Math.max(top[0], row.getInt("people"));
                });
                if (top[0] != CountryBody.PEOPLE) {
                    throw new IllegalStateException(top[0] + " people on " + day);
                }
            }
        };
        for (int i = 0; i < 10; i++) {
            count.run();
        }
        figures.within(
                "head-counts of all 65,000 units on a day",
                cpu(20, () -> {
                    for (int i = 0; i < 10; i++) {
                        count.run();
                    }
                }),
                "cpu-ms",
                50);
    }

    /** Fourteen wards with 5,000 people become four, on the day itself. */
    private void reorganisation() throws Exception {
        UUID tenant = context.getBean(Units.class).createTenant("Sắp xếp");
        UUID root = context.getBean(Units.class).root(tenant);
        var accounts = new BenchAccounts(context, tenant);
        var ground = context.getAutowireCapableBeanFactory().createBean(ReorganisationGround.class);
        LocalDate today = LocalDate.now(context.getBean(java.time.Clock.class));
        var approved = ground.fourteenWards(
                tenant, root, accounts.open("soan", Role.BOARD, root), accounts.open("duyet", Role.BOARD, root), today);
        long start = System.nanoTime();
        double cost = cpu(1, () -> ground.carryOut(tenant, approved.id()));
        figures.within(
                "re-organisation of 14 wards with 5,000 people, wall", (System.nanoTime() - start) / 1e6, "ms", 2_000);
        figures.plain("re-organisation of 14 wards with 5,000 people", cost, "cpu-ms");
    }

    /** Figures of 2.5 million forms of two stages: made anew, followed, read; and a report of 1,000 units. */
    private void rollups(CountryBody country) throws Exception {
        System.out.println("Assessment of 2,500,000 people");
        long start = System.nanoTime();
        var forms = new BenchForms(context, country.tenant, country.root, """
                select a.person_id, a.unit_id, ('x' || right(a.person_id::text, 7))::bit(28)::int as i
                from directory.assignment a
                where a.tenant_id = '%s' and a.valid_to is null
                """.formatted(country.tenant));
        figures.plain("loading the forms, wall", (System.nanoTime() - start) / 1e9, "s");
        var rollups = context.getBean(Rollups.class);
        start = System.nanoTime();
        double cost = cpu(1_000, () -> {
            rollups.changed(country.tenant, forms.cycle);
            follow(rollups);
        });
        figures.within("roll-up of 2.5 million forms, everything anew", cost, "cpu-s", 30);
        figures.plain("the same, wall", (System.nanoTime() - start) / 1e9, "s");
        for (int round = 0; round < 2; round++) { // the first ones pay for the compilers
            int many = 200;
            int from = 4_000 + round * many;
            long[] wall = new long[1];
            double one = cpu(many, () -> {
                for (int i = 0; i < many; i++) {
                    UUID unit = country.unit(from + i);
                    forms.change(context, country.tenant, unit, 3);
                    rollups.changed(country.tenant, forms.cycle, unit);
                    long begin = System.nanoTime();
                    follow(rollups);
                    wall[0] += System.nanoTime() - begin;
                }
            });
            if (round == 1) {
                figures.within("refresh of one unit and its ancestors", one, "cpu-ms", 20);
                figures.within("the same, wall", wall[0] / 1e6 / many, "ms", 20);
            }
        }
        String board = signIn(country.board);
        String clerk = signIn(country.clerk);
        String query = "?dot=" + forms.cycle;
        for (String path : List.of("/tong-hop", "/tong-hop/noi-dung")) {
            load(board, path + query, 200, 4);
        }
        page("overview of the nation, 64 provinces", board, "/tong-hop" + query, 200, 100);
        page("overview of the nation, item by item", board, "/tong-hop/noi-dung" + query, 200, 100);
        page("overview of the nation, over quarters", board, "/tong-hop/xu-huong" + query, 200, 100);
        page("overview of the nation, by position", board, "/tong-hop/vi-tri" + query, 200, 100);
        page("overview of a province", board, "/tong-hop" + query + "&don-vi=" + country.unit(1), 200, 100);
        context.getBean(JdbcClient.class)
                .sql(
                        "update assessments.cycle set state = 'closed', version = version + 1 where tenant_id = ? and id = ?")
                .params(country.tenant, forms.cycle)
                .update();
        cost = cpu(1_000, () -> sealed(forms.cycle));
        figures.plain("sealing what everybody may see of 65,000 units", cost, "cpu-s");
        page("overview of a ward, protected", clerk, "/tong-hop" + query, 200, 100);
        thousand(rollups);
    }

    private static void follow(Rollups rollups) {
        while (rollups.waits()) { // the product's own chore may have taken it
            rollups.follow();
        }
    }

    private void sealed(UUID cycle) throws InterruptedException {
        while (context.getBean(JdbcClient.class)
                .sql("select not exists (select from overview.seal where cycle_id = ?)")
                .param(cycle)
                .query((row, n) -> row.getBoolean(1))
                .single()) {
            Thread.sleep(50); // the product's own chore does it
        }
    }

    private void thousand(Rollups rollups) throws Exception {
        Units units = context.getBean(Units.class);
        UUID tenant = units.createTenant("Nghìn đơn vị");
        UUID root = units.root(tenant);
        UUID actor = UUID.randomUUID();
        var wished = new ArrayList<Units.NewUnit>();
        for (int i = 0; i < 1_000; i++) {
            wished.add(new Units.NewUnit("N" + i, "Đơn vị thứ " + i, Units.Kind.OTHER, root));
        }
        units.addAll(tenant, actor, wished);
        String board = signIn(new BenchAccounts(context, tenant).open("ban nghin", Role.BOARD, root));
        var forms = new BenchForms(context, tenant, root, """
                select gen_random_uuid() as person_id, v.unit_id, i
                from directory.unit_version v cross join generate_series(1, 30) as i
                where v.tenant_id = '%s' and v.parent_id is not null
                """.formatted(tenant));
        rollups.changed(tenant, forms.cycle);
        follow(rollups);
        for (String kind : List.of("docx", "pdf", "xlsx")) {
            String path = "/tong-hop/bao-cao." + kind + "?dot=" + forms.cycle;
            load(board, path, 1, 1);
            long start = System.nanoTime();
            load(board, path, 3, 1);
            figures.within("report of 1,000 units, " + kind + ", wall", (System.nanoTime() - start) / 3e9, "s", 10);
        }
    }

    /**
     * What autovacuum does within a minute of a large load, as the owner. Like autovacuum it leaves empty tables alone: told that they
     * are empty, the planner would keep reading them whole however many rows come afterwards.
     */
    private void analyze() throws Exception {
        try (var connection = context.getBean(DataSource.class).getConnection();
                var statement = connection.createStatement()) {
            statement.execute("reset role");
            var filled = new ArrayList<String>();
            try (var tables = statement.executeQuery("""
                    select format('%I.%I', schemaname, relname) as name from pg_stat_user_tables
                    where xpath_exists('//row', query_to_xml(format('select 1 from %I.%I limit 1', schemaname, relname), false, false, ''))
                    """)) {
                while (tables.next()) {
                    filled.add(tables.getString("name"));
                }
            }
            statement.execute("vacuum analyze " + String.join(", ", filled));
            statement.execute("set role chuanmuc_app");
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    /** CPU of this process and PostgreSQL per operation, in milliseconds. */
    private double cpu(int operations, Work work) throws Exception {
        long self = ProcessHandle.current().pid();
        double before = ProcessCpu.millis(self, postgres);
        work.run();
        return (ProcessCpu.millis(self, postgres) - before) / operations;
    }

    /** Into a table as durable as ours: a temporary one would write no log. */
    private double insertAndCommit() throws Exception {
        int times = 6_000;
        DataSource source = context.getBean(DataSource.class);
        UUID tenant = UUID.randomUUID();
        try (var connection = source.getConnection();
                var insert = connection.prepareStatement(
                        "insert into documents.content (tenant_id, hash, media_type, bytes, stored_at) values (?, sha256(?), 'text/plain', ?, now())")) {
            connection.setAutoCommit(false);
            Work work = () -> {
                for (int i = 0; i < times; i++) {
                    byte[] bytes = (UUID.randomUUID() + " floor").getBytes(java.nio.charset.StandardCharsets.UTF_8);
                    insert.setObject(1, tenant);
                    insert.setBytes(2, bytes);
                    insert.setBytes(3, bytes);
                    insert.executeUpdate();
                    connection.commit();
                }
            };
            work.run();
            double cost = cpu(times, work);
            connection.setAutoCommit(true);
            return figures.plain("floor: bare insert and commit", cost, "cpu-ms");
        }
    }

    private double indexedSelect() throws Exception {
        DataSource source = context.getBean(DataSource.class);
        int times = 20_000;
        try (var connection = source.getConnection();
                var select = connection.prepareStatement(
                        "select media_type, stored_at from documents.content where tenant_id = ? and hash = ?")) {
            Work work = () -> {
                for (int i = 0; i < times; i++) {
                    select.setObject(1, new UUID(1, i));
                    select.setBytes(2, new byte[32]);
                    select.executeQuery().close();
                }
            };
            work.run();
            return figures.plain("floor: bare indexed select", cpu(times, work), "cpu-ms");
        }
    }

    private String signIn(Viewer viewer) throws Exception {
        var cookies = new CookieManager();
        try (HttpClient client = HttpClient.newBuilder()
                .cookieHandler(cookies)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            String page = client.send(
                            HttpRequest.newBuilder(URI.create(address("/dang-nhap")))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            var token = Jsoup.parse(page).selectFirst("input[name=_csrf]");
            String form = "_csrf=" + (token == null ? "" : token.val()) + "&ten=" + viewer.username() + "&mat-khau="
                    + BenchBody.PASSWORD;
            var answer = client.send(
                    HttpRequest.newBuilder(URI.create(address("/dang-nhap")))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString(form))
                            .build(),
                    BodyHandlers.ofString());
            if (answer.uri().getPath().equals("/dang-nhap")) {
                throw new IllegalStateException("could not sign in as " + viewer.username());
            }
        }
        return cookies.getCookieStore().getCookies().stream()
                .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    private String address(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    private void load(String cookie, String path, int count, int atOnce) throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        "target/test-classes",
                        LoadClient.class.getName(),
                        address(path),
                        cookie,
                        Integer.toString(count),
                        Integer.toString(atOnce))
                .inheritIO()
                .start();
        if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException("load on " + path + " failed");
        }
    }

    /** @param budget in CPU-ms, 0 for none */
    private double page(String name, String cookie, String path, int count, double budget) throws Exception {
        load(cookie, path, count, 4);
        double cost = pageCost(cookie, path, count);
        return budget > 0 ? figures.within(name, cost, "cpu-ms", budget) : figures.plain(name, cost, "cpu-ms");
    }

    private double pageCost(String cookie, String path, int count) throws Exception {
        // The child's own CPU is our descendant's: count the product's process alone, then PostgreSQL's tree.
        double self = ownCpu();
        double database = ProcessCpu.millis(postgres);
        load(cookie, path, count, 4);
        double ours = (ownCpu() - self) / count;
        double theirs = (ProcessCpu.millis(postgres) - database) / count;
        System.out.printf(Locale.ROOT, "  (product %.3f, PostgreSQL %.3f)%n", ours, theirs);
        return ours + theirs;
    }

    private static double ownCpu() {
        var bean = (com.sun.management.OperatingSystemMXBean)
                java.lang.management.ManagementFactory.getOperatingSystemMXBean();
        return bean.getProcessCpuTime() / 1e6;
    }

    private void pages(BenchBody body, double select) throws Exception {
        int count = quick ? 5_000 : 10_000; // as often before: the compilers of the JVM need it
        String asClerk = signIn(body.clerk);
        String list = "/cam-ket/danh-sach/" + body.campaign + "?don-vi=" + body.units.getFirst();
        load(asClerk, list, count, 4);
        load(asClerk, "/webjars/htmx.org/2.0.10/dist/htmx.min.js", count, 4);
        double file = figures.plain(
                "floor: static file of 50 kB",
                pageCost(asClerk, "/webjars/htmx.org/2.0.10/dist/htmx.min.js", count),
                "cpu-ms");
        figures.within("list of 50 rows of 5,000, signed in", pageCost(asClerk, list, count), "cpu-ms", 1, file);
        Viewer official = body.official(BenchBody.name(1), body.people.get(1));
        String asOfficial = signIn(official);
        String form = "/cam-ket/" + body.campaign;
        load(asOfficial, form, count, 4);
        figures.within("commitment form, signed in", pageCost(asOfficial, form, count), "cpu-ms", 1, file);
        figures.plain("(the bare select is a part of these)", select, "cpu-ms");
        page("progress of 5,000 in 40 units", signIn(body.board), "/tien-do/" + body.campaign, 400, 0);
    }

    private void sign(BenchBody body, double insert) throws Exception {
        Commitments commitments = context.getBean(Commitments.class);
        var officials = new ArrayList<Viewer>();
        for (int i = 10; i < 10 + SIGNERS; i++) {
            officials.add(body.official(BenchBody.name(i), body.people.get(i)));
        }
        var form = commitments.form(officials.getFirst(), body.campaign).orElseThrow();
        var forms = new ArrayList<Commitments.Form>();
        for (Viewer official : officials) {
            forms.add(commitments.form(official, body.campaign).orElseThrow());
        }
        signAll(commitments, body, officials, forms, 0, FIRST_SIGNERS);
        analyze(); // many signers are many minutes
        int counted = SIGNERS - FIRST_SIGNERS;
        double self = ownCpu();
        double database = ProcessCpu.millis(postgres);
        signAll(commitments, body, officials, forms, FIRST_SIGNERS, SIGNERS);
        double ours = (ownCpu() - self) / counted;
        double theirs = (ProcessCpu.millis(postgres) - database) / counted;
        double cost = ours + theirs;
        System.out.printf(Locale.ROOT, "  (product %.3f, PostgreSQL %.3f)%n", ours, theirs);
        figures.timesFloor("sign, without the slow password check", cost, "cpu-ms", insert, 6);
        PasswordEncoder encoder = context.getBean(PasswordEncoder.class);
        String slow = String.valueOf(encoder.encode(BenchBody.PASSWORD));
        encoder.matches(BenchBody.PASSWORD, slow);
        figures.plain(
                "password check (bcrypt), slow on purpose",
                cpu(10, () -> {
                    for (int i = 0; i < 10; i++) {
                        encoder.matches(BenchBody.PASSWORD, slow);
                    }
                }),
                "cpu-ms");
        if (form.bodyHash().length != 32) {
            throw new IllegalStateException("a hash has 32 bytes");
        }
    }

    /** Forms of assessment: opened in the browser, and 27 ratings saved with a remark in one transaction. */
    private void assess(BenchBody body, double insert) throws Exception {
        var many = new ManyForms(context);
        many.sign(body.tenant, body.campaign, body.board.accountId());
        UUID cycle = many.open(body.board, body.campaign);
        analyze();
        int savers = 150;
        int rounds = quick ? 10 : 20;
        var officials = new ArrayList<Viewer>();
        var forms = new ArrayList<UUID>();
        int last = body.people.size() / 10 * 10
                - 10; // from the end: those at the start have signed by accounts of their own
        for (int i = 0; i < savers; i++) {
            UUID person = body.people.get(last - 10 * i); // every tenth leads, and takes 27 items
            officials.add(body.official("cham " + BenchBody.name(i), person));
            forms.add(many.form(body.tenant, cycle, person));
        }
        Work saving = () -> saveAll(many, officials, forms, 0, rounds);
        saving.run();
        double cost = cpu(officials.size() * rounds, () -> saveAll(many, officials, forms, rounds, 2 * rounds));
        figures.within("save 27 ratings of a form", cost, "cpu-ms", 1.5, insert);
        String cookie = signIn(officials.getFirst());
        String form = many.address(forms.getFirst());
        int count = quick ? 3_000 : 10_000;
        load(cookie, form, 3 * count, 4); // the longest page: its compilers are busy for longer
        figures.within("assessment form, signed in", pageCost(cookie, form, count), "cpu-ms", 1);
        page("cycle of assessment, its units", signIn(body.board), "/danh-gia/dot/" + cycle, 400, 0);
    }

    private static void saveAll(ManyForms many, List<Viewer> officials, List<UUID> forms, int from, int to) {
        for (int version = from; version < to; version++) {
            for (int i = 0; i < officials.size(); i++) {
                many.save(officials.get(i), forms.get(i), 27, version);
            }
        }
    }

    private void createForms(BenchBody city) throws Exception {
        var many = new ManyForms(context);
        analyze();
        many.sign(city.tenant, city.campaign, city.board.accountId());
        analyze();
        long start = System.nanoTime();
        UUID cycle = many.open(city.board, city.campaign);
        double wall = (System.nanoTime() - start) / 1e9;
        figures.within(
                "a job makes " + many.forms(city.tenant, cycle) + " forms with their ratings, wall", wall, "s", 60);
        analyze();
        page("cycle of assessment, 1,000 units", signIn(city.board), "/danh-gia/dot/" + cycle, 60, 0);
    }

    private static void signAll(
            Commitments commitments,
            BenchBody body,
            List<Viewer> officials,
            List<Commitments.Form> forms,
            int from,
            int to) {
        for (int i = from; i < to; i++) {
            Commitments.Form form = forms.get(i);
            var signing = commitments.sign(
                    officials.get(i), body.campaign, form.set().id(), form.bodyHash(), BenchBody.PASSWORD);
            if (!(signing instanceof Commitments.Signing.Signed)) {
                throw new IllegalStateException("not signed: " + signing);
            }
        }
    }

    private void scans(BenchBody body) throws IOException {
        var piles = new ScanPiles(context, body, 264);
        // People at the end of the list: those at its beginning have signed by now.
        int count = quick ? 10 : 40;
        piles.read(body.people.subList(4_990 - count, 4_990), body.units.getFirst(), postgres);
        figures.plain("scans: sheets read and matched", piles.pagesPerCpuSecond(), "1/cpu-s");
    }

    private void exports(BenchBody body, String rows, double budgetMillis) throws Exception {
        compile(body, rows);
        exported(body, rows, budgetMillis);
    }

    private UUID bloc(BenchBody body) {
        return context.getBean(Campaigns.class)
                .rosterEntry(body.tenant, body.campaign, body.people.getFirst())
                .orElseThrow()
                .blocId();
    }

    private void compile(BenchBody body, String rows) {
        var key = new Lists.Key(body.campaign, body.units.getFirst(), bloc(body));
        long start = System.nanoTime();
        context.getBean(Lists.class).compile(body.clerk, key, "", 0);
        figures.plain("compile a list of " + rows + " rows, wall", (System.nanoTime() - start) / 1e6, "ms");
    }

    private void exported(BenchBody body, String rows, double budgetMillis) throws Exception {
        UUID bloc = bloc(body);
        String cookie = signIn(body.clerk);
        String path = "/danh-sach/" + body.campaign + "/" + body.units.getFirst() + "/" + bloc + "/v1";
        load(cookie, path + ".xlsx", 1, 1);
        double xlsx = pageCost(cookie, path + ".xlsx", 1);
        if (budgetMillis > 0) {
            figures.within("export XLSX of " + rows + " rows", xlsx, "cpu-ms", budgetMillis);
        } else {
            figures.plain("export XLSX of " + rows + " rows", xlsx, "cpu-ms");
        }
        figures.plain("export DOCX of " + rows + " rows", pageCost(cookie, path + ".docx", 1), "cpu-ms");
    }

    private void imports(BenchBody body, int rows, double budgetMillis) throws Exception {
        Path file = FOLDER.resolve("import-" + rows + ".xlsx");
        try (OutputStream out = Files.newOutputStream(file);
                Workbook book = new Workbook(out, "bench", "1.0")) {
            var sheet = book.newWorksheet("DS");
            String[] heading = {"STT", "Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị", "Khối", "Loại", "Mã số"};
            for (int i = 0; i < heading.length; i++) {
                sheet.value(0, i, heading[i]);
            }
            for (int i = 0; i < rows; i++) {
                sheet.value(i + 1, 0, i + 1);
                sheet.value(i + 1, 1, BenchBody.name(i));
                sheet.value(
                        i + 1, 2, String.format(Locale.ROOT, "%02d/%02d/%d", 1 + i % 28, 1 + i % 12, 1950 + i % 15));
                sheet.value(i + 1, 3, i % 10 == 0 ? "Trưởng ban" : "Chuyên viên");
                sheet.value(i + 1, 4, String.format(Locale.ROOT, "Đơn vị đo %04d", 1 + i % 39));
                sheet.value(i + 1, 5, "Khối Đảng, đoàn thể");
                sheet.value(i + 1, 6, "Công chức");
                sheet.value(i + 1, 7, "M" + rows + "-" + i);
            }
        }
        PeopleImports imports = context.getBean(PeopleImports.class);
        var scope = new Scope(body.tenant, body.clerk.accountId(), List.of(body.root));
        long start = System.nanoTime();
        double cost = cpu(1, () -> {
            var uploaded = imports.importSheet(
                    scope,
                    body.root,
                    "bench.xlsx",
                    file,
                    new PeopleImports.Settings("", PersonKind.CIVIL_SERVANT, false, LocalDate.of(2026, 1, 1)));
            if (!(uploaded instanceof PeopleImports.Uploaded.Read read)) {
                throw new IllegalStateException("not read: " + uploaded);
            }
            while (imports.find(scope, read.importId()).orElseThrow().state() == PeopleImports.State.READING) {
                Thread.sleep(20);
            }
            imports.apply(scope, read.importId(), Set.of());
            while (true) {
                var now = imports.find(scope, read.importId()).orElseThrow();
                if (now.state() == PeopleImports.State.APPLIED) {
                    if (now.added() != rows) {
                        throw new IllegalStateException(now.added() + " of " + rows + " were added");
                    }
                    return;
                }
                if (now.state() == PeopleImports.State.FAILED) {
                    throw new IllegalStateException("the import failed");
                }
                Thread.sleep(20);
            }
        });
        double wall = (System.nanoTime() - start) / 1e6;
        String name = String.format(Locale.ROOT, "import of %,d people, read and applied", rows);
        if (budgetMillis > 0) {
            figures.within(name + ", wall", wall, "ms", budgetMillis);
        } else {
            figures.plain(name + ", wall", wall, "ms");
        }
        figures.plain(name, cost, "cpu-ms");
    }

    /** The packaged product, started twice in an empty folder, outside sample mode. */
    private void starts() throws Exception {
        System.out.println("Starting");
        Path data = FOLDER.resolve("start");
        figures.plain("first start to first page, wall", start(data), "s");
        figures.within("second start to first page, wall", start(data), "s", 6);
    }

    private double start(Path data) throws Exception {
        int free = freePort();
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseCompactObjectHeaders",
                        "-XX:+UseSerialGC",
                        "-Xmx512m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-jar",
                        "target/dist/chuanmuc.jar")
                .redirectErrorStream(true)
                .redirectOutput(FOLDER.resolve("start.log").toFile());
        builder.environment().put("PORT", Integer.toString(free));
        builder.environment().put("CHUANMUC_DATA", data.toString());
        builder.environment().put("CHUANMUC_SAMPLE", "false");
        long begin = System.nanoTime();
        Process product = builder.start();
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (true) {
                try {
                    var answer = client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + free + "/thiet-lap"))
                                    .build(),
                            BodyHandlers.discarding());
                    if (answer.statusCode() == 200) {
                        break;
                    }
                } catch (IOException e) {
                    Thread.sleep(20); // not listening yet
                }
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        Thread.sleep(3_000);
        if (Files.exists(data.resolve("counted"))) {
            figures.within(
                    "resident memory when idle, product", ProcessCpu.residentMegabytes(product.pid()), "MiB", 350);
        }
        Files.writeString(data.resolve("counted"), "");
        product.destroy();
        product.waitFor(60, TimeUnit.SECONDS);
        return seconds;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (Files.exists(root)) {
            try (var paths = Files.walk(root)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
