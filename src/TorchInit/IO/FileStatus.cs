using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace TorchInit;

/// <summary>What a file name refers to.</summary>
enum FileKind
{
    None,
    File,
    Folder,
    Link,
    Pipe,
    Device,
    Socket,
}

/// <summary>What the operating system reports about a file without opening it: .NET neither distinguishes a pipe from a file nor tells
/// whether a name still refers to an open file.</summary>
/// <param name="Kind">The kind of file. All other members are 0 where the system is not asked: on Windows, on Intel Macs, and without a
/// libc of the usual name.</param>
/// <param name="Id">Device and inode number: equal for two names of one file.</param>
/// <param name="Links">The number of names that the file has.</param>
/// <param name="Owner">The owner's user id, as this file system reports it.</param>
readonly record struct FileStatus(FileKind Kind, (ulong Device, ulong Number) Id, uint Links, uint Owner)
{
    const int Room = 256;                       // struct statx, and Darwin's struct stat; their layout is part of the systems' ABI
    const int NoEntry = 2, NotAFolder = 20;     // ENOENT, ENOTDIR

    static bool IsDarwin => OperatingSystem.IsMacOS() && RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    /// <summary>The status of the name itself; links are not followed.</summary>
    public static FileStatus Of(string path) => Ask(path, follow: false);

    /// <summary>The status of what the name leads to; <see cref="FileKind.None"/> for a dangling link.</summary>
    public static FileStatus Behind(string path) => Ask(path, follow: true);

    /// <summary>The status of an open file.</summary>
    public static FileStatus Of(SafeFileHandle file)
    {
        byte[] answer = new byte[Room];
        // AT_EMPTY_PATH, STATX_BASIC_STATS
        return Asked(() => IsDarwin ? fstat(file, answer) : statx(file, [0], 0x1000, 0x7FF, answer)) == 0
            ? Read(answer)
            : new(FileKind.File, default, 0, 0);
    }

    static FileStatus Ask(string path, bool follow)
    {
        byte[] answer = new byte[Room];
        byte[] name = Encoding.UTF8.GetBytes(path + '\0');
        // AT_FDCWD and AT_SYMLINK_NOFOLLOW on each system
        int? error = Asked(() => IsDarwin
            ? fstatat(-2, name, answer, follow ? 0 : 0x20)
            : statx(-100, name, follow ? 0 : 0x100, 0x7FF, answer));
        return error switch
        {
            0 => Read(answer),
            NoEntry or NotAFolder => default,
            _ => new(Portable(path, follow), default, 0, 0),
        };
    }

    /// <summary>0, the error number, or null if the system cannot be asked.</summary>
    static int? Asked(Func<int> call)
    {
        if (!OperatingSystem.IsLinux() && !IsDarwin) { return null; }
        try { return call() == 0 ? 0 : Marshal.GetLastPInvokeError(); }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException) { return null; }
    }

    static FileStatus Read(byte[] answer) => IsDarwin
        ? new(KindOf(BitConverter.ToUInt16(answer, 4)), (BitConverter.ToUInt32(answer, 0), BitConverter.ToUInt64(answer, 8)),
            BitConverter.ToUInt16(answer, 6), BitConverter.ToUInt32(answer, 16))
        : new(KindOf(BitConverter.ToUInt16(answer, 28)), (BitConverter.ToUInt64(answer, 136), BitConverter.ToUInt64(answer, 32)),
            BitConverter.ToUInt32(answer, 16), BitConverter.ToUInt32(answer, 20));

    static FileKind KindOf(ushort mode) => (mode >> 12) switch
    {
        1 => FileKind.Pipe,
        2 or 6 => FileKind.Device,
        4 => FileKind.Folder,
        10 => FileKind.Link,
        12 => FileKind.Socket,
        _ => FileKind.File,
    };

    static FileKind Portable(string path, bool follow)
    {
        FileInfo file = new(path);
        return !follow && file.LinkTarget is not null ? FileKind.Link
            : Directory.Exists(path) ? FileKind.Folder
            : file.Exists ? FileKind.File : FileKind.None;
    }

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    static extern int statx(int folder, byte[] path, int flags, int mask, byte[] answer);

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    static extern int statx(SafeFileHandle file, byte[] path, int flags, int mask, byte[] answer);

    [DllImport("libc", EntryPoint = "fstatat", SetLastError = true)]
    static extern int fstatat(int folder, byte[] path, byte[] answer, int flags);

    [DllImport("libc", EntryPoint = "fstat", SetLastError = true)]
    static extern int fstat(SafeFileHandle file, byte[] answer);
}
