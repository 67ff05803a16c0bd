package phasebench.reports.html;

import freemarker.core.HTMLOutputFormat;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/// Renders the page: one file, everything inside, every text escaped by the template engine.
public final class HtmlPage {
    private static final Configuration TEMPLATES = configuration();

    private HtmlPage() {}

    public static String render(PageModel page) {
        StringWriter html = new StringWriter();
        try {
            TEMPLATES.getTemplate("report.ftlh").process(Map.of("page", page), html);
        } catch (TemplateException e) {
            throw new IllegalStateException("report.ftlh does not fit its model", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return html.toString();
    }

    private static Configuration configuration() {
        Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
        configuration.setClassForTemplateLoading(HtmlPage.class, "");
        configuration.setDefaultEncoding(StandardCharsets.UTF_8.name());
        configuration.setLocale(Locale.ROOT);
        configuration.setOutputFormat(HTMLOutputFormat.INSTANCE);
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        return configuration;
    }
}
