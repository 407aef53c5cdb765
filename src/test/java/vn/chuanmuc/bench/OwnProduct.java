package vn.chuanmuc.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import vn.chuanmuc.platform.DatabaseInitializer;
import vn.chuanmuc.testing.FreshDatabase;

/** The product within this process, on the PostgreSQL it brings and a folder of its own. */
final class OwnProduct {
    private OwnProduct() {}

    /** @param folder where its data go; must not be there yet */
    static ConfigurableApplicationContext start(Path folder) {
        if (Files.exists(folder)) {
            throw new IllegalStateException(folder + " is there already; delete it first");
        }
        SpringApplication application;
        try {
            application = new SpringApplication(Class.forName("vn.chuanmuc.ChuanMuc"));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
        // The tests' database stands on the same class path: here the product brings its own.
        application.setInitializers(application.getInitializers().stream()
                .filter(initializer -> !(initializer instanceof FreshDatabase))
                .toList());
        application.addInitializers(new DatabaseInitializer());
        return application.run("--server.port=0", "--chuanmuc.data=" + folder, "--server.address=127.0.0.1");
    }

    /** The first process of its PostgreSQL. */
    static long postgres(Path folder) throws IOException {
        return Long.parseLong(Files.readAllLines(folder.resolve("postgres/data/postmaster.pid"))
                .getFirst()
                .strip());
    }
}
