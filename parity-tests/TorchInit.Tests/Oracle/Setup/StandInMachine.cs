using TorchInit.Oracle;

namespace TorchInit.Tests.Oracle;

/// <summary>A machine of shell scripts: python3, apt-get and sudo that write down how they were called, and do as a test wants.</summary>
sealed class StandInMachine : IDisposable
{
    // One script is the system's Python, and, copied by its own "-m venv", that of an environment. Its torch is a file beside it.
    const string Python = """
        #!/bin/sh
        here=$(dirname "$0")
        case "$2 $3" in
        "-c "*importlib.util*) if [ -f "$here/torch" ]; then echo torchinit 3.11.2 True; else echo torchinit 3.11.2 False; fi ;;
        "-c "*torch.__version__*) [ -f "$here/torch" ] || exit 1; echo torch $(cat "$here/torch") ;;
        "-c "*ensurepip*) [ ! -f ROOT/no-venv ] || exit 1; echo venv 3.11 ;;
        "-c "*nbclient*) [ -f ROOT/jupyter ] || exit 1 ;;
        "-c "*LIBDIR*)
          if [ -f ROOT/libpython ]; then path='"ROOT/libpython"'; else path=null; fi
          echo '{"program":"'$0'","full":"3.11.2","names":["libpython3.11.so.1.0"],"folders":["/nowhere"],'
          echo '"free":false,"library":'$path',"size":0}' ;;
        "-m venv") echo "python $*" >> ROOT/calls; mkdir -p "$4/bin"; cp "$0" "$4/bin/python" ;;
        "-m pip")
          echo "pip $*" >> ROOT/calls
          if [ -f ROOT/no-network ]; then
            echo 'WARNING: Retrying'; echo 'ERROR: No matching distribution found for torch' >&2; echo bye >&2
            exit 1
          fi
          while [ $# -gt 0 ]; do
            case "$1" in
            --report) cp ROOT/report "$2" ;;
            -r) cp "$2" ROOT/installed; sed -n 's/^torch==\([^ ]*\).*/\1/p' "$2" > "$here/torch" ;;
            esac
            shift
          done ;;
        esac
        """;

    const string Apt = """
        #!/bin/sh
        echo "apt-get $*" >> ROOT/calls
        [ ! -f ROOT/apt-fails ] || { echo 'E: Unable to locate package' >&2; exit 100; }
        case "$*" in
        *chromium*) touch ROOT/jupyter ROOT/chromium ROOT/usr/hunspell; chmod +x ROOT/usr/hunspell ;;
        *python3-torch*) echo 1.13.1 > ROOT/usr/torch ;;
        *libpython3*) touch ROOT/libpython ;;
        *python3-venv*) rm -f ROOT/no-venv ;;
        esac
        """;

    const string Sudo = """
        #!/bin/sh
        echo "sudo $*" >> ROOT/calls
        [ "$1" = -n ] || exit 1
        shift
        exec "$@"
        """;

    const string Report = """
        {"install":[{"metadata":{"name":"torch","version":"2.13.0+cpu"},"download_info":{"archive_info":{"hashes":{"sha256":"HASH"}}}},
        {"metadata":{"name":"numpy","version":"2.4.0"},"download_info":{"archive_info":{"hash":"sha256=HASH"}}}]}
        """;

    public const string TorchHash = "00000000000000000000000000000000000000000000000000000000000000aa";

    readonly string _root = Directory.CreateTempSubdirectory("torchinit-").FullName;
    readonly Dictionary<string, string> _variables = [];

    public StandInMachine(bool isRoot = false, bool apt = true, bool sudo = false, bool python = true)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the stand-ins are shell scripts");
        IsRoot = isRoot;
        Directory.CreateDirectory(Path.Combine(_root, "usr"));
        Directory.CreateDirectory(Work);
        if (python) { Write("usr/python3", Python); }
        if (apt) { Write("usr/apt-get", Apt); }
        if (sudo) { Write("usr/sudo", Sudo); }
        _variables["PATH"] = $"{Path.Combine(_root, "usr")}:/usr/bin:/bin";
        File.WriteAllText(PathOf("report"), Report.Replace("HASH", TorchHash, StringComparison.Ordinal));
        File.WriteAllText(PathOf("libpython"), "");
    }

    public bool IsRoot { get; }

    public string Work => PathOf("work");

    public string Venv => Path.Combine(Work, ".venv");

    public string SystemPython => PathOf("usr/python3");

    /// <summary>What was run but for questions, a line each.</summary>
    public string[] Calls => File.Exists(PathOf("calls")) ? File.ReadAllLines(PathOf("calls")) : [];

    public string PathOf(string relative) => Path.Combine(_root, relative);

    /// <summary>Makes a file that a script asks for.</summary>
    public StandInMachine With(string file, string content = "")
    {
        File.WriteAllText(PathOf(file), content);
        return this;
    }

    public StandInMachine Without(string file)
    {
        File.Delete(PathOf(file));
        return this;
    }

    public StandInMachine Variable(string name, string value)
    {
        _variables[name] = value;
        return this;
    }

    public SetupReport Provide(SetupOptions? options = null, Action<string>? starting = null)
    {
        // The machine's own apt-get and sudo must not be found where a test has none.
        PythonSearch search = new(null, name => name == "PATH" ? PathOf("usr") : _variables.GetValueOrDefault(name), Work, SystemPython);
        SetupSurroundings surroundings = new(search, IsRoot, _variables) { Chromium = PathOf("chromium") };
        return PythonProvisioner.Provide(options ?? new(), surroundings, starting);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    void Write(string file, string script)
    {
        File.WriteAllText(PathOf(file), script.Replace("ROOT", _root, StringComparison.Ordinal) + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(PathOf(file), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
