using System.Text.Json;

namespace TorchInit.Oracle;

public static partial class PythonLocator
{
    // sysconfig describes how Python was built; a Python that was moved since has its library below its own prefix.
    const string LibraryScript = """
        import json, os, sys, sysconfig
        var, major, minor = sysconfig.get_config_var, sys.version_info[0], sys.version_info[1]
        flags = getattr(sys, "abiflags", "")
        base = os.path.dirname(getattr(sys, "_base_executable", "") or sys.executable)
        if sys.platform == "win32":
            names, folders = ["python%d%d%s.dll" % (major, minor, flags)], [base, sys.base_prefix]
        else:
            known = [var("INSTSONAME"), var("LDLIBRARY")] if not var("PYTHONFRAMEWORK") else [var("LDLIBRARY")]
            stem = "libpython%d.%d%s" % (major, minor, flags)
            guessed = [stem + ".dylib"] if sys.platform == "darwin" else [stem + ".so.1.0", stem + ".so"]
            names = list(dict.fromkeys([name for name in known if name and not name.endswith(".a")] + guessed))
            own, multiarch = os.path.join(sys.base_prefix, "lib"), var("MULTIARCH") or ""
            libs = var("LIBDIR") or own
            places = [var("PYTHONFRAMEWORKPREFIX"), libs, os.path.join(libs, multiarch), own, os.path.join(own, multiarch), var("LIBPL")]
            folders = [os.path.normpath(place) for place in dict.fromkeys(places) if place]
        found = [path for path in (os.path.join(folder, name) for folder in folders for name in names) if os.path.isfile(path)]
        print(json.dumps({"program": sys.executable, "full": sys.version, "names": names, "folders": folders,
                          "free": bool(var("Py_GIL_DISABLED")), "library": found[0] if found else None,
                          "size": os.path.getsize(found[0]) if found else 0}))
        """;

    /// <summary>Finds the shared library of a Python by asking that Python (50 ms).</summary>
    /// <param name="python">As returned by <see cref="Locate(string?)"/>.</param>
    public static PythonLibrary FindLibrary(PythonCandidate python)
    {
        ArgumentNullException.ThrowIfNull(python);
        (string output, string? refusal) = PythonProbe.Run(python.Path, LibraryScript);
        if (refusal is not null) { return new(null, python.Path, "", refusal); }
        try
        {
            using JsonDocument answer = JsonDocument.Parse(output);
            return Judge(answer.RootElement);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return new(null, python.Path, "", $"not a Python: it did not report where its library is ({error.Message})");
        }
    }

    static PythonLibrary Judge(JsonElement answer)
    {
        string Text(string name) => answer.GetProperty(name).GetString() ?? "";
        string[] Texts(string name) => [.. answer.GetProperty(name).EnumerateArray().Select(item => item.GetString()!)];
        string program = Text("program"), path = Text("library");
        PythonLibrary Refuse(string why) => new(null, program, Text("full"), why);
        if (answer.GetProperty("free").GetBoolean()) { return Refuse("it is a free-threaded Python, which pythonnet does not support"); }
        if (path.Length == 0) { return Refuse(Missing(program, Texts("names")[0], Texts("folders"))); }
        // A launcher may run its Python in another root file system, where the same path is another file.
        bool here = File.Exists(path) && new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true) is var target
            && (target is FileInfo file ? file.Length : new FileInfo(path).Length) == answer.GetProperty("size").GetInt64();
        return here ? new(path, program, Text("full"), null) : Refuse($"its {path} is in a file system that this process does not see");
    }

    static string Missing(string program, string name, string[] folders)
    {
        IEnumerable<char> digits = name.SkipWhile(letter => !char.IsAsciiDigit(letter)).TakeWhile(letter => !char.IsAsciiLetter(letter));
        string version = string.Concat(digits).TrimEnd('.');
        string help = program.StartsWith("/usr/bin/", StringComparison.Ordinal)
            ? $"Debian and Ubuntu: apt-get install libpython{version}"
            : "it is part of a Python that was built with --enable-shared";
        return $"{name} is in none of {string.Join(", ", folders)}; {help}";
    }
}
