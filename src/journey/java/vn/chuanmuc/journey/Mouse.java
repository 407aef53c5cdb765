package vn.chuanmuc.journey;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.SelectOption;

final class Mouse implements Hands {
    @Override
    public void press(Locator target) {
        target.click();
    }

    @Override
    public void write(Locator field, String text) {
        field.click();
        field.fill(text);
    }

    @Override
    public void paste(Locator field, String text) {
        write(field, text);
    }

    @Override
    public void choose(Locator select, String option) {
        select.selectOption(new SelectOption().setLabel(option));
    }

    @Override
    public void tick(Locator box) {
        box.check();
    }

    @Override
    public void untick(Locator box) {
        box.uncheck();
    }
}
