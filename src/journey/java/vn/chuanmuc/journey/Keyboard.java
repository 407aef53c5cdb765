package vn.chuanmuc.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.Objects;

/** Tab, Enter, Space, arrows and letters; nothing is clicked, and the focus is set by no script. */
final class Keyboard implements Hands {
    /** Presses of Tab after which a thing counts as out of reach; the proof-reading page has some four hundred stops. */
    private static final int FARTHEST = 900;

    private static final String FOCUSED = "e => e === document.activeElement";

    private final Page page;

    Keyboard(Page page) {
        this.page = page;
    }

    @Override
    public void press(Locator target) {
        reach(target);
        page.keyboard().press("Enter");
    }

    /** Goes there by Tab, as far as it takes, and sees where the focus is: on the field, or around it with its words. */
    void reach(Locator target) {
        target.waitFor();
        for (int presses = 0; !is(target, FOCUSED); presses++) {
            assertThat(presses).as("presses of Tab to %s", target).isLessThan(FARTHEST);
            page.keyboard().press("Tab");
        }
        assertThat(
                        is(
                                target,
                                "e => [e, e.closest('label')].filter(x => x).some(x => { const s = getComputedStyle(x); return s.outlineStyle !== 'none' || s.boxShadow !== 'none'; })"))
                .as("%s shows that it has the focus", target)
                .isTrue();
    }

    private static boolean is(Locator target, String question) {
        return Objects.equals(target.evaluate(question), true);
    }

    @Override
    public void write(Locator field, String text) {
        reach(field);
        page.keyboard().press("Control+A");
        page.keyboard().press("Delete");
        page.keyboard().type(text);
    }

    @Override
    public void paste(Locator field, String text) {
        reach(field);
        page.keyboard().press("Control+A");
        page.keyboard().insertText(text);
    }

    @Override
    public void choose(Locator select, String option) {
        reach(select);
        page.keyboard().press("Home");
        int options = select.locator("option").count();
        for (int i = 0; i < options && !option.equals(chosen(select)); i++) {
            page.keyboard().press("ArrowDown");
        }
        assertThat(chosen(select)).isEqualTo(option);
    }

    private static Object chosen(Locator select) {
        return select.evaluate("e => e.selectedOptions[0].label");
    }

    /** A group of choices is one stop of Tab; arrows go on inside it and choose. */
    @Override
    public void tick(Locator box) {
        if (is(box, "e => e.type === 'radio'")) {
            Locator group = box.locator("xpath=ancestor::form").first();
            String name = String.valueOf(box.getAttribute("name"));
            for (int presses = 0; !is(group, inGroup(name)); presses++) {
                assertThat(presses).as("presses of Tab to %s", box).isLessThan(FARTHEST);
                page.keyboard().press("Tab");
            }
            page.keyboard().press("Space");
            int choices =
                    group.locator("input[type=radio][name='" + name + "']").count();
            for (int i = 0; i < choices && !box.isChecked(); i++) {
                page.keyboard().press("ArrowDown");
            }
        } else if (!box.isChecked()) {
            reach(box);
            page.keyboard().press("Space");
        }
        assertThat(box.isChecked()).as("%s is ticked", box).isTrue();
    }

    @Override
    public void untick(Locator box) {
        reach(box);
        page.keyboard().press("Space");
        assertThat(box.isChecked()).as("%s is ticked", box).isFalse();
    }

    private static String inGroup(String name) {
        return "f => f.contains(document.activeElement) && document.activeElement.name === '" + name + "'";
    }
}
