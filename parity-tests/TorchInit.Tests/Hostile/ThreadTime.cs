using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TorchInit.Tests.Hostile;

/// <summary>Seconds that this thread has run: on Linux of the processor, which another program's load does not lengthen; elsewhere of the
/// clock.</summary>
static class ThreadTime
{
    const int ThreadCpu = 3;        // CLOCK_THREAD_CPUTIME_ID

    public static double Seconds
        => OperatingSystem.IsLinux() && clock_gettime(ThreadCpu, out Time time) == 0 ? time.Seconds + time.Nanoseconds * 1e-9
            : Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;

    [DllImport("libc")]
    static extern int clock_gettime(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    struct Time
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
