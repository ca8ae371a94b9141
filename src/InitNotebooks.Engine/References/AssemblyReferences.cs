using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Scripting.Hosting;

namespace InitNotebooks.Engine;

/// <summary>
/// The assemblies that cells see. They are loaded into the default context, which has nothing of the kernel's own: Roslyn would load each
/// <c>#r</c> into its own context, and a type would no longer be the same type.
/// </summary>
sealed class AssemblyReferences : IDisposable
{
    static readonly string s_framework = Path.GetDirectoryName(typeof(object).Assembly.Location) + Path.DirectorySeparatorChar;

    // Shared by all sessions of a process: Roslyn reads tens of megabytes for each.
    static readonly Lazy<MetadataReference[]> s_ofFramework = new(() =>
    {
        FrameworkDocs docs = new(s_framework);
        string[] known = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        return [.. known.Where(path => path.StartsWith(s_framework, StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path, documentation: docs))];
    });

    readonly CommonAssemblies _common;
    readonly HashSet<string> _seen = [];
    readonly List<string> _folders = [];
    readonly Dictionary<string, string> _byName = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, string> _native = new(StringComparer.OrdinalIgnoreCase);

    public AssemblyReferences(IEnumerable<Assembly> host, string directory, IReadOnlyList<string> common)
    {
        _common = new(common);
        Directory = directory;
        AssemblyLoadContext.Default.Resolving += Resolve;
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += ResolveNative;
        Assembly[] hosts = [.. host];
        All = [.. s_ofFramework.Value, .. hosts.Select(assembly => MetadataReference.CreateFromFile(assembly.Location))];
        foreach (Assembly assembly in hosts) { Loader.RegisterDependency(assembly); }
    }

    /// <summary>The notebook's folder: relative paths start here.</summary>
    public string Directory { get; }

    /// <summary>Raised for each assembly that a cell referenced.</summary>
    public event Action<MetadataReference>? Added;

    /// <summary>The framework and the host: available from the start.</summary>
    public IReadOnlyList<MetadataReference> All { get; }

    public InteractiveAssemblyLoader Loader { get; } = new();

    /// <summary>References a file, relative to the notebook; a bare name is one of the framework's.</summary>
    /// <exception cref="ReferenceException">There is no such file, or another version is already loaded.</exception>
    public void Add(string path)
    {
        string full = Path.GetFullPath(path, Directory);
        if (!File.Exists(full))
        {
            if (ByName(path) is not { } named) { throw new ReferenceException($"#r \"{path}\": there is no file {full}."); }
            Register(named);
            return;
        }
        if (Path.GetDirectoryName(full) is { } folder && !_folders.Contains(folder)) { _folders.Add(folder); }
        if (NameOf(full) is not { } name) { return; }
        Refuse(full, name);
        _byName.TryAdd(name.Name!, full);
        Register(Load(full, name), full);
    }

    /// <summary>Checks that all can be referenced, before the first is.</summary>
    /// <exception cref="ReferenceException">Another version of one is already loaded.</exception>
    public void Check(IEnumerable<string> paths)
    {
        foreach (string path in paths) { Refuse(path, NameOf(path)); }
    }

    /// <summary>Lets cells name the type of a value from another kernel.</summary>
    public void See(Type type)
    {
        while (type.HasElementType) { type = type.GetElementType()!; }
        string path = type.Assembly.Location;
        bool isFile = !type.Assembly.IsDynamic && path.Length > 0 && !path.StartsWith(s_framework, StringComparison.Ordinal);
        if (isFile && _seen.Add(path)) { Register(type.Assembly); }
    }

    /// <summary>Makes an assembly available to others at run time; cells do not see it.</summary>
    public void AddToRun(string path)
    {
        if (NameOf(path) is { } name) { _byName.TryAdd(name.Name!, path); }
    }

    /// <summary>Stops resolving: an event of the process would keep the session alive for good.</summary>
    public void Dispose()
    {
        AssemblyLoadContext.Default.Resolving -= Resolve;
        AssemblyLoadContext.Default.ResolvingUnmanagedDll -= ResolveNative;
        Loader.Dispose();
    }

    public void AddNative(string path) => _native[Path.GetFileName(path)] = path;

    /// <summary>What to tell the user about the files that were referenced since the last call; null if there is nothing.</summary>
    public string? TakeNote() => _common.TakeNote();

    Assembly Load(string path, AssemblyName name)
    {
        if (_common.For(path, name) is { } common) { return common; }
        if (OwnAssemblies.Shared(name.Name) is { } shared) { return shared; }
        if (LaterThanFramework.FrameworkVersion(name) is not null) { return LaterThanFramework.Context.Load(path, name); }
        return Loaded(name) ?? OwnAssemblies.SameBuild(path, name) ?? AssemblyLoadContext.Default.LoadFromAssemblyPath(path);
    }

    static Assembly? Loaded(AssemblyName name) => LaterThanFramework.FrameworkVersion(name) is not null
        ? LaterThanFramework.Context.Loaded(name)
        : AssemblyLoadContext.Default.Assemblies.FirstOrDefault(assembly => assembly.GetName().Name == name.Name);

    /// <summary>Null for a package's native file, which is found by name when it is called.</summary>
    static AssemblyName? NameOf(string path)
    {
        try { return AssemblyName.GetAssemblyName(path); }
        catch (BadImageFormatException) { return null; }
    }

    void Refuse(string path, AssemblyName? name)
    {
        if (name is null) { return; }
        _common.Refuse(path, name);
        OwnAssemblies.Refuse(path, name);
        if (Loaded(name)?.GetName().Version is not { } loaded || loaded >= name.Version) { return; }
        throw new ReferenceException($"{name.Name} {name.Version} was asked for, but {loaded} is loaded already. Restart the kernel.");
    }

    static Assembly? ByName(string name)
    {
        if (name.Contains('/', StringComparison.Ordinal) || name.Contains('\\', StringComparison.Ordinal)) { return null; }
        try
        {
            string simple = name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? name[..^4] : name;
            return AssemblyLoadContext.Default.LoadFromAssemblyName(new(simple));
        }
        catch (Exception error) when (error is IOException or BadImageFormatException) { return null; }
    }

    void Register(Assembly assembly, string? path = null)
    {
        OwnAssemblies.Share(assembly);
        Loader.RegisterDependency(assembly);
        string documentation = Path.ChangeExtension(path ?? assembly.Location, ".xml");
        Added?.Invoke(MetadataReference.CreateFromFile(assembly.Location,
            documentation: XmlDocumentationProvider.CreateFromFile(documentation)));
    }

    nint ResolveNative(Assembly assembly, string name) => NativePath(name) is { } path ? NativeLibrary.Load(path) : 0;

    Assembly? Resolve(AssemblyLoadContext context, AssemblyName name)
    {
        if (_common.Named(name.Name!) is { } common) { return common; }
        if (OwnAssemblies.Shared(name.Name) is { } shared) { return name.Version > shared.GetName().Version ? null : shared; }
        if (LaterThanFramework.FrameworkVersion(name) is not null) { return LaterThanFramework.Context.Find(name); }
        string? path = _byName.GetValueOrDefault(name.Name!) ?? _folders.Select(folder => Path.Combine(folder, name.Name + ".dll"))
            .FirstOrDefault(File.Exists);
        return path is null ? null : context.LoadFromAssemblyPath(path);
    }

    string? NativePath(string name)
        => new[] { name, $"{name}.so", $"lib{name}.so", $"lib{name}", $"{name}.dll", $"{name}.dylib",
            $"lib{name}.dylib" }.Select(file => _native.GetValueOrDefault(file)).FirstOrDefault(path => path is not null);
}
