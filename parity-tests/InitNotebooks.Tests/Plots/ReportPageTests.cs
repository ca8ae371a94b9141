using Microsoft.Playwright;
using TorchInit.Parity;

namespace InitNotebooks.Tests.Charts;

/// <summary>The report in a real browser, without a network, on a desk and on a phone.</summary>
public class ReportPageTests
{
    const string Chromium = "/usr/bin/chromium";
    const int FewestCharts = 19;

    [Fact]
    public async Task The_report_draws_its_charts_offline_and_fits_a_phone()
    {
        if (!File.Exists(Chromium)) { Assert.Skip("no Chromium: scripts/setup.sh --jupyter installs it"); }
        using Files files = new();
        ParityReport parity = new([ParitySection.Golden(GoldenSet.Files[0])], "this test compares recorded answers");
        StatisticsReport statistics = StatisticalRun.Run(difference: 0.19);
        Assert.Empty(statistics.Accusations);
        string html = HtmlReport.Of(parity, statistics, Scoreboard.Known(torch: null));
        Assert.DoesNotContain("<script src", html, StringComparison.Ordinal);
        string page = files.Write("report.html", html);
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        });
        foreach ((string name, int width) in new[] { ("desk", 1200), ("phone", 390) })
        {
            await using IBrowserContext context = await browser.NewContextAsync(new()
            {
                ViewportSize = new()
                {
                    Width = width,
                    Height = 900
                },
                Offline = true
            });
            IPage tab = await context.NewPageAsync();
            List<string> errors = [];
            tab.PageError += (_, error) => errors.Add(error);
            tab.Console += (_, message) =>
            {
                if (message.Type == "error") { errors.Add(message.Text); }
            };
            await tab.GotoAsync($"file://{page}");
            await tab.WaitForFunctionAsync($"() => document.querySelectorAll('.chart').length >= {FewestCharts} && "
                + $"[...document.querySelectorAll('.chart')].every(chart => chart.querySelector('.main-svg'))", null,
                    new() { Timeout = 300_000 });
            // A drawn chart has marks: bars, lines, points or a picture of cells.
            Assert.Equal(0,
                await tab.EvaluateAsync<int>("() => [...document.querySelectorAll('.chart')].filter(chart => "
                    + "!chart.querySelector('.points path, .lines path, .hm image, .js-line')).length"));
            // Every case has its detectors' findings, closed until somebody opens them, in a section that folds.
            Assert.Equal(statistics.Cases.Count,
                await tab.EvaluateAsync<int>("() => document.querySelectorAll('details details details table').length"));
            Assert.True(await tab.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= window.innerWidth"),
                $"The page is wider than the {name}.");
            Directory.CreateDirectory(Repository.PathOf("artifacts"));
            await tab.ScreenshotAsync(new() { Path = Repository.PathOf($"artifacts/report-{name}.png"), FullPage = true });
            Assert.Empty(errors);
        }
    }
}
