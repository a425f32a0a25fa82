using System;
using System.Globalization;
using System.IO;
using System.Linq;

namespace ScopedTasks.Runtime.Tests.Support;

/// <summary>Knows whether an interrupt that is sent to this process, or to one that it starts, gets there.</summary>
/// <remarks>
/// Not on Windows; and not where whoever started this process has it ignored, as a shell does for what it starts in the
/// background: that is inherited, and the platform leaves it so.
/// </remarks>
internal static class Signals
{
    private const int Sigint = 2;

    public static bool Arrive { get; } = !OperatingSystem.IsWindows() && !IsIgnored(Sigint);

    private static bool IsIgnored(int signal)
    {
        const string Ignored = "SigIgn:";
        return OperatingSystem.IsLinux()
            && File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(Ignored)) is { } line
            && (ulong.Parse(line[Ignored.Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
                & (1UL << (signal - 1))) != 0;
    }
}
