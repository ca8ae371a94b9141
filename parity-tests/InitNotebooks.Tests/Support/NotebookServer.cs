using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace InitNotebooks.Tests;

/// <summary>Classic Jupyter Notebook on loopback, with a copy of the repository's notebooks.</summary>
sealed class NotebookServer : IDisposable
{
    readonly Process _process;

    public NotebookServer(string folder, string jupyterPath)
    {
        using (TcpListener listener = new(IPAddress.Loopback, 0))
        {
            listener.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        }
        ProcessStartInfo start = new("/usr/bin/python3",
        [
            "-m", "notebook", "--no-browser", "--allow-root", "--ip=127.0.0.1", $"--port={new Uri(Address).Port}", "--port-retries=0",
                "--NotebookApp.token=", "--NotebookApp.password=", $"--notebook-dir={folder}",
        ])
        { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["JUPYTER_PATH"] = jupyterPath;
        start.Environment["JUPYTER_RUNTIME_DIR"] = folder;
        _process = Process.Start(start)!;
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    public string Address { get; }

    public async Task WaitUntilReady(CancellationToken cancellation)
    {
        using HttpClient client = new();
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                using HttpResponseMessage answer = await client.GetAsync(new Uri($"{Address}/api"), cancellation);
                if (answer.IsSuccessStatusCode) { return; }
            }
            catch (HttpRequestException) when (attempt < 3000)
            {
                // Not listening yet.
            }
            await Task.Delay(100, cancellation);
        }
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }
}
