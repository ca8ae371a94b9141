using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace TorchInit.Oracle;

/// <summary>Records how a PyTorch model is initialised: record_init.py constructs the model once in a separate Python and notes every draw
/// that reaches a parameter or buffer.</summary>
public static class ModelRecorder
{
    const int MostMessage = 16 << 10;

    // record_init.py's exit code for a refusal, equal to this program's.
    const int Refused = 4;

    // What its refusals begin with, after anything that the model wrote.
    const string Speaker = "record_init: ";

    // 128 + SIGINT, as .NET and shells report it.
    const int Interrupted = 130;

    static readonly TimeSpan s_rest = TimeSpan.FromSeconds(10);

    /// <summary>The plan of a model, as JSON.</summary>
    /// <param name="python">A Python with torch and whatever the model imports.</param>
    /// <param name="model">MODULE:CALLABLE or FILE.py:CALLABLE, with literal arguments in parentheses, which are parsed, never evaluated.
    /// The callable itself is run.</param>
    /// <param name="dtype">Torch's name of the default dtype during construction.</param>
    /// <param name="paths">Folders to import from, besides the installed packages.</param>
    /// <param name="call">Shapes such as <c>1,3,32,32</c>, one per argument: the model is called once with zeros of these shapes, in
    /// evaluation mode, which initialises its lazy layers; null for no call.</param>
    /// <param name="cancellation">Kills the Python process.</param>
    /// <exception cref="ArgumentException">There is no such model, or it cannot be recorded; the message names the operation and the line
    /// that called it. Or its own code fails or ends the program; the message has its lines.</exception>
    /// <exception cref="OracleUnavailableException">Python cannot be started, or has no torch.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled, or Python was interrupted by
    /// Ctrl-C.</exception>
    public static string Record(PythonCandidate python, string model, string dtype = "float32", IEnumerable<string>? paths = null,
        IEnumerable<string>? call = null, CancellationToken cancellation = default)
        => Run(python, [model, "--dtype", dtype, .. Options("--path", paths), .. Options("--call", call)], cancellation);

    /// <summary>What torch itself draws from each seed, one line of JSON per seed: <c>seed</c>, <c>sha256</c> of the state dict's bytes in
    /// order, <c>state</c> (SHA-256 of the generator state afterwards), <c>elements</c>.</summary>
    /// <param name="python">A Python with torch and whatever the model imports.</param>
    /// <param name="model">As for <see cref="Record"/>.</param>
    /// <param name="seeds">The seeds; the model is constructed once for each.</param>
    /// <param name="dtype">Torch's name of the default dtype during construction.</param>
    /// <param name="paths">Folders to import from, besides the installed packages.</param>
    /// <param name="call">Shapes such as <c>1,3,32,32</c>, one per argument: the model is called once with zeros of these shapes, in
    /// evaluation mode, which initialises its lazy layers; null for no call.</param>
    /// <param name="cancellation">Kills the Python process.</param>
    /// <exception cref="ArgumentException">There is no such model, or its own code fails or ends the program.</exception>
    /// <exception cref="OracleUnavailableException">Python cannot be started, or has no torch.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled, or Python was interrupted by
    /// Ctrl-C.</exception>
    public static string Hashes(PythonCandidate python, string model, IEnumerable<long> seeds, string dtype = "float32",
        IEnumerable<string>? paths = null, IEnumerable<string>? call = null, CancellationToken cancellation = default)
        => Run(python, [model, "--dtype", dtype, .. Options("--path", paths), .. Options("--call", call),
            .. Options("--hash", seeds.Select(seed => $"{seed}"))], cancellation);

    static IEnumerable<string> Options(string name, IEnumerable<string>? values)
        => (values ?? []).SelectMany(value => new[] { name, value });

    static string Run(PythonCandidate python, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(python);
        ProcessStartInfo start = new(python.Path)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        // -I: nothing from the environment or the working directory runs unasked.
        foreach (string argument in (string[])["-I", "-X", "utf8", OracleScript.Of("record_init.py"), .. arguments])
        {
            start.ArgumentList.Add(argument);
        }
        try
        {
            using Process process = Process.Start(start)!;
            using CancellationTokenRegistration end = cancellation.Register(() => ProcessTree.Kill(process));
            process.StandardInput.Close();
            OutputTail errors = new(process.StandardError.BaseStream, MostMessage);
            string said = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            cancellation.ThrowIfCancellationRequested();
            if (process.ExitCode == 0 && said.Length > 0) { return said; }
            if (process.ExitCode == 0)
            {
                throw new ArgumentException("the model's own code ends Python with exit code 0, so there is no recording; allowed: a "
                    + "constructor that returns.");
            }
            // Ctrl-C reaches Python itself, perhaps before it reaches this process.
            if (process.ExitCode == Interrupted) { throw new OperationCanceledException("Python was interrupted."); }
            errors.Ended(s_rest);
            string message = errors.Text().Trim();
            if (process.ExitCode == Refused)
            {
                throw new ArgumentException(Refusal(message));
            }
            throw new OracleUnavailableException(
                $"{python.Path} could not construct the model: exit code {process.ExitCode}: {message}", [python]);
        }
        catch (Win32Exception error)
        {
            throw new OracleUnavailableException($"{python.Path} cannot be started: {error.Message}", [python]);
        }
    }

    /// <summary>What record_init.py says, after what the model wrote.</summary>
    static string Refusal(string message)
        => message.LastIndexOf(Speaker, StringComparison.Ordinal) is >= 0 and var at ? message[(at + Speaker.Length)..] : message;
}
