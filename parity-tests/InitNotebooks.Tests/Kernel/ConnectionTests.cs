using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using InitNotebooks.Kernel;

namespace InitNotebooks.Tests.Attacks;

/// <summary>A connection file that cannot be served is one line and exit code 4.</summary>
public class ConnectionTests
{
    const string Rest = "\"ip\":\"127.0.0.1\",\"transport\":\"tcp\",\"key\":\"k\",\"signature_scheme\":\"hmac-sha256\"";

    [Theory]
    [InlineData(0, "shell_port")]
    [InlineData(1, "iopub_port")]
    [InlineData(2, "stdin_port")]
    [InlineData(3, "control_port")]
    [InlineData(4, "hb_port")]
    public void A_port_in_use_is_named(int which, string name)
    {
        using Files files = new();
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        int[] ports = KernelProcess.FreePorts(5);
        ports[which] = ((IPEndPoint)taken.LocalEndpoint).Port;
        ConnectionFile file = new("127.0.0.1", "tcp", ports[0], ports[1], ports[2], ports[3], ports[4], "k");
        AssertRefused(files.Write("c.json", JsonSerializer.Serialize(file)), $"{name} {ports[which]} of 127.0.0.1 is in use");
    }

    public static TheoryData<string, string> Malformed => new()
    {
        { "", "not a connection file" },
        { "null", "null" },
        { "[]", "not a connection file" },
        { "{\"shell_port\":", "not a connection file" },
        { "{}", "transport is ''" },
        { $"{{{Rest}}}", "shell_port is 0; allowed: 1 to 65535" },
        { $"{{{Rest},{Filled("70000", "2", "3", "4", "5")}}}", "shell_port is 70000" },
        { $"{{{Rest},{Filled("1001", "1002", "1003", "1004", "-1")}}}", "hb_port is -1" },
        { $"{{{Rest},{Filled("1001", "1001", "1003", "1004", "1005")}}}", "iopub_port is 1001, as shell_port is" },
        { $"{{{Rest},{Filled("\"1001\"", "1002", "1003", "1004", "1005")}}}", "shell_port" },
        { $"{{{Rest},{Filled("99999999999", "1002", "1003", "1004", "1005")}}}", "shell_port" },
        { Json("8.8.8.8", "tcp", "k", "hmac-sha256"), "ip is '8.8.8.8'" },
        { Json("0.0.0.0", "tcp", "k", "hmac-sha256"), "ip is '0.0.0.0'" },
        { Json("*", "tcp", "k", "hmac-sha256"), "ip is '*'" },
        { Json("127.0.0.1", "ipc", "k", "hmac-sha256"), "transport is 'ipc'" },
        { Json("127.0.0.1", "tcp", "", "hmac-sha256"), "key is empty" },
        { Json("127.0.0.1", "tcp", "k", "hmac-md5"), "signature_scheme is 'hmac-md5'" },
        { Json("127.0.0.1", "tcp", "\\ud800", "hmac-sha256"), "not a connection file" },
        { new string('[', 100_000), "larger than" },
        { new string('[', 50_000), "not a connection file" },
        { "{" + Rest + "," + Filled("1001", "1002", "1003", "1004", "1005") + "} x", "not a connection file" },
    };

    [Theory, MemberData(nameof(Malformed))]
    public void A_malformed_one_is_refused(string text, string said)
    {
        using Files files = new();
        string path = files.Write("c.json", text);
        Exception error = Record.Exception(() => ConnectionFile.Load(path))!;
        Assert.IsType<InvalidDataException>(error);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{")]
    public void The_command_says_so_in_a_line(string text)
    {
        using Files files = new();
        AssertRefused(files.Write("c.json", text), "torchinit:");
    }

    [Fact]
    public void One_that_is_not_there_or_no_file()
    {
        using Files files = new();
        AssertRefused(files.Path("none.json"), "none.json");
        AssertRefused(files.Folder, files.Folder);
        if (File.Exists("/dev/zero")) { AssertRefused("/dev/zero", "is a device"); }
    }

    static string Filled(string shell, string iopub, string stdin, string control, string heartbeat)
        => $"\"shell_port\":{shell},\"iopub_port\":{iopub},\"stdin_port\":{stdin},\"control_port\":{control},\"hb_port\":{heartbeat}";

    static string Json(string ip, string transport, string key, string scheme)
        => $"{{\"ip\":\"{ip}\",\"transport\":\"{transport}\",\"key\":\"{key}\",\"signature_scheme\":\"{scheme}\","
            + $"{Filled("1001", "1002", "1003", "1004", "1005")}}}";

    static void AssertRefused(string path, string said)
    {
        (int code, string output) = Cli.Run("kernel", "run", "-f", path);
        Assert.Equal(4, code);
        Assert.Contains(said, output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }
}
