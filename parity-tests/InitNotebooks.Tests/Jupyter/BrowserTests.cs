using Microsoft.Playwright;

namespace InitNotebooks.Tests.Wire;

/// <summary>Classic Notebook in a real browser, as a person uses it: open, run all, see a chart, interrupt, complete.</summary>
public class BrowserTests(FrontEndTests.Shared shared) : IClassFixture<FrontEndTests.Shared>
{
    const string Chromium = "/usr/bin/chromium";
    const float Patience = 300_000;              // milliseconds; only for a page that never answers

    [Fact]
    public async Task A_person_runs_a_notebook()
    {
        if (shared.Jupyter.Missing is not null) { Assert.Skip(shared.Jupyter.Missing); }
        if (!File.Exists(Chromium)) { Assert.Skip("no Chromium: scripts/setup.sh --jupyter installs it"); }
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using Files files = new();
        files.Write("01.ipynb", File.ReadAllText(Repository.PathOf("notebooks/01-fully-connected.ipynb"))
            .Replace("../src/", Repository.PathOf("src/"), StringComparison.Ordinal));
        using NotebookServer server = new(files.Folder, shared.Jupyter.DataFolder);
        await server.WaitUntilReady(cancellation);
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync"],
        });
        IPage page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1200, Height = 1000 } });
        List<string> outside = [];
        page.Request += (_, request) =>
        {
            // An empty frame, in which MathJax measures its letters, is from nowhere.
            if (!request.Url.StartsWith(server.Address, StringComparison.Ordinal) && request.Url != "about:blank"
                && !request.Url.StartsWith("data:", StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal))
            {
                outside.Add(request.Url);
            }
        };
        await page.GotoAsync($"{server.Address}/notebooks/01.ipynb");
        await page.WaitForFunctionAsync("() => window.Jupyter && Jupyter.notebook && Jupyter.notebook.kernel && "
            + "Jupyter.notebook.kernel.is_connected()", null, new() { Timeout = Patience });

        await page.EvaluateAsync("() => { Jupyter.notebook.clear_all_output(); Jupyter.notebook.execute_all_cells(); }");
        await page.WaitForFunctionAsync("() => Jupyter.notebook.get_cells().filter(c => c.cell_type == 'code').every(c => typeof "
            + "c.input_prompt_number == 'number')", null, new() { Timeout = Patience });
        Assert.Equal(0, await page.EvaluateAsync<int>("() => document.querySelectorAll('.output_error').length"));
        Assert.True(await page.EvaluateAsync<int>("() => document.querySelectorAll('.output svg').length") >= 3,
            "The charts are not drawn.");
        Directory.CreateDirectory(Repository.PathOf("artifacts"));
        await page.Locator(".output svg").First.ScrollIntoViewIfNeededAsync();
        await page.ScreenshotAsync(new() { Path = Repository.PathOf("artifacts/notebook-01.png") });

        string[] names = await page.EvaluateAsync<string[]>("() => new Promise(done => Jupyter.notebook.kernel.complete('plan.Wor', 8, "
            + "reply => done(reply.content.matches ?? [reply.content.evalue])))");
        Assert.Contains("Words", names);

        await page.EvaluateAsync("() => { const cell = Jupyter.notebook.insert_cell_at_bottom('code'); cell.set_text('while (true) { "
            + "}'); cell.execute(); }");
        await Task.Delay(1500, cancellation);
        await page.EvaluateAsync("() => Jupyter.notebook.kernel.interrupt()");
        await page.WaitForFunctionAsync("() => { const error = document.querySelector('.output_error'); return error && "
            + "error.innerText.includes('interrupted'); }", null, new() { Timeout = Patience });
        Assert.Empty(outside);
    }

    [Fact]
    public async Task A_chart_becomes_interactive_without_a_network()
    {
        if (!File.Exists(Chromium)) { Assert.Skip("no Chromium: scripts/setup.sh --jupyter installs it"); }
        using Files files = new();
        string page = files.Write("chart.html",
            $"<!DOCTYPE html><meta "
                + $"charset=\"utf-8\">{PlotlyScript.Html}{Plot.Bits(0.1f).Html}{Plot.DrawOrder(TorchInit.Modules.MultiheadAttention(8, 2)).Html}{Plot.Violins([("a", [1f, 2f, 4f])]).Html}");
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        });
        IPage tab = await browser.NewPageAsync();
        List<string> errors = [];
        tab.PageError += (_, error) => errors.Add(error);
        tab.Console += (_, message) =>
        {
            if (message.Type == "error") { errors.Add(message.Text); }
        };
        await tab.Context.SetOfflineAsync(true);
        await tab.GotoAsync($"file://{page}");
        await tab.WaitForFunctionAsync("() => document.querySelectorAll('.main-svg').length >= 3", null, new() { Timeout = Patience });
        Directory.CreateDirectory(Repository.PathOf("artifacts"));
        await tab.ScreenshotAsync(new() { Path = Repository.PathOf("artifacts/charts.png"), FullPage = true });
        Assert.Empty(errors);
    }
}
