package vn.chuanmuc.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.chuanmuc.directory.ReorganisationGround.done;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import vn.chuanmuc.testing.ProductTest;

/**
 * Whatever happens in whatever order – people come, go and move, units merge, split, move and end, people sign – nobody is lost
 * or counted twice, every day has its own figures, and nobody signed who is not expected (issue 3). Random histories of several
 * bodies are led through the product's own commands beside {@link OrganisationModel}; after every step the two must agree.
 *
 * <p>{@code -Dchuanmuc.seed=…} leads the same histories again, {@code -Dchuanmuc.steps=…} says how long they are together.
 */
@ProductTest
class OrganisationPropertyTest {
    private static final long SEED = Long.getLong("chuanmuc.seed", 20250701L);
    private static final int STEPS = Integer.getInteger("chuanmuc.steps", 1_000);
    /** A body gets a history of so many steps; then comes the next body, so that a step stays cheap. */
    private static final int STEPS_OF_A_BODY = 150;

    private final OrganisationGround ground;

    OrganisationPropertyTest(@Autowired AutowireCapableBeanFactory beans) {
        ground = beans.createBean(OrganisationGround.class);
    }

    /** What was tried, and what came of it: how often. */
    private final Map<String, Integer> outcomes = new TreeMap<>();

    @AfterEach
    void turnBack() {
        ground.clock().turnBack();
    }

    @Test
    void nothingIsLostOrDoubledWhateverHappens() {
        int done = 0;
        for (int number = 0; done < STEPS; number++) {
            int steps = Math.min(STEPS_OF_A_BODY, STEPS - done);
            new OrganisationHistory(ground, SEED, number, outcomes).lead(steps);
            done += steps;
        }
        if (Boolean.getBoolean("chuanmuc.tell")) {
            outcomes.forEach((what, times) -> System.out.println(what + ": " + times));
        }
        if (STEPS >= 600) {
            assertThat(outcomes)
                    .as("everything happened")
                    .containsKeys(
                            "person done",
                            "begin done",
                            "end done",
                            "main done",
                            "correct done",
                            "move done",
                            "move waiting done",
                            "add done",
                            "out done",
                            "in done",
                            "newcomer done",
                            "unit done",
                            "merge done",
                            "split done",
                            "rename done",
                            "branch done",
                            "dissolve done",
                            "reorganisation waiting done",
                            "sign done",
                            "leave done",
                            "import done",
                            "one done",
                            "away done",
                            "join done");
        }
    }
}
