using System.Text;
using System.Text.Json.Nodes;
using InitNotebooks.Engine;

namespace InitNotebooks.Kernel;

public sealed partial class JupyterClient
{
    bool _helped;

    /// <inheritdoc/>
    public object? Get(string name)
    {
        CheckIdentifier(name);
        string file = SharedFile();
        try
        {
            (CellResult result, JsonNode? value) = Execute("", NoOutput.Instance, $"{Helper()}.write({name}, {Quoted(file)})",
                CancellationToken.None);
            if (result.Error is not null || value?["status"]?.GetValue<string>() != "ok")
            {
                string why = $"{value?["ename"] ?? result.Error?.Name}: {value?["evalue"] ?? result.Error?.Message}";
                throw new MagicException($"Value '{name}' cannot be read: {why}");
            }
            using FileStream json = File.OpenRead(file);
            return SharedValue.Read(JsonNode.Parse(json));
        }
        finally { File.Delete(file); }
    }

    /// <inheritdoc/>
    public void Set(string name, object? value)
    {
        CheckIdentifier(name);
        string file = SharedFile();
        try
        {
            File.WriteAllText(file, SharedValue.Write(value)?.ToJsonString() ?? "null");
            if (Execute($"{name} = {Helper()}.read({Quoted(file)})", NoOutput.Instance, expression: null,
                CancellationToken.None).Result.Error is { } error)
            {
                throw new MagicException(error.Message);
            }
        }
        finally { File.Delete(file); }
    }

    /// <summary>Values pass through files in a folder that only this user can read: a message would be parsed as source.</summary>
    string SharedFile() => Path.Combine(Path.GetDirectoryName(_connectionFile)!, $"{Guid.NewGuid():N}.json");

    static string Quoted(string text)
        => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    /// <summary>The module that packs and unpacks values, loaded into the kernel when it is first needed.</summary>
    string Helper()
    {
        const string module = "__import__('_initnotebooks')";
        if (_helped) { return module; }
        using Stream resource = typeof(JupyterClient).Assembly.GetManifestResourceStream("share.py")!;
        using StreamReader reader = new(resource);
        string source = Convert.ToBase64String(Encoding.UTF8.GetBytes(reader.ReadToEnd()));
        const string made = "__import__('sys').modules.setdefault('_initnotebooks', __import__('types').ModuleType('_initnotebooks'))";
        string code = $"exec(__import__('base64').b64decode('{source}'), {made}.__dict__)";
        if (Execute(code, NoOutput.Instance, expression: null, CancellationToken.None).Result.Error is { } error)
        {
            throw new MagicException($"Values cannot be shared with this kernel: {error.Message}");
        }
        _helped = true;
        return module;
    }

    static void CheckIdentifier(string name)
    {
        if (name.Length == 0 || char.IsAsciiDigit(name[0]) || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'))
        {
            throw new MagicException($"name is '{name}'; allowed: an identifier.");
        }
    }
}
