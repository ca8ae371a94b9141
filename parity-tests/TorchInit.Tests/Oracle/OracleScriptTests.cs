using TorchInit.Oracle;

namespace TorchInit.Tests.Oracle;

public class OracleScriptTests
{
    [Fact]
    public void The_script_is_found_beside_the_program()
        => Assert.Equal(Path.Combine(AppContext.BaseDirectory, "torch_oracle.py"), OracleScript.Path);

    [Fact]
    public void Where_it_is_not_it_is_unpacked_for_this_user_alone()
    {
        string unpacked = OracleScript.Unpack();
        Assert.Equal(Repository.Read("src/TorchInit.Oracle/torch_oracle.py"), File.ReadAllText(unpacked).ReplaceLineEndings("\n"));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                File.GetUnixFileMode(Path.GetDirectoryName(unpacked)!));
        }
    }
}
