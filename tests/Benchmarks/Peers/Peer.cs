using System;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace ScopedTasks.Benchmarks.Peers;

/// <summary>
/// A program in another language that runs groups of children when it is told to, and says when it has.
/// </summary>
/// <remarks>It is started once, and ends when this process closes its input: by the end of the process.</remarks>
internal sealed class Peer
{
    private readonly Process _process;

    private Peer(Process process) => _process = process;

    /// <summary>Whether the program can be run here.</summary>
    public static bool IsHere(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>Starts the program with a script from this folder.</summary>
    public static Peer Start(string program, string script)
    {
        var file = Path.Combine(PerformancePage.Root, "tests", "Benchmarks", "Peers", script);
        var start = new ProcessStartInfo(program, [file])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        return new Peer(Process.Start(start)!);
    }

    /// <summary>Runs groups of children, and waits until they have ended.</summary>
    /// <exception cref="InvalidOperationException">The program has ended or said something else.</exception>
    public void Run(int children, int groups)
    {
        _process.StandardInput.WriteLine($"{children} {groups}");
        if (_process.StandardOutput.ReadLine() is not "done" and var answer)
            throw new InvalidOperationException($"The peer answered '{answer}'.");
    }
}
