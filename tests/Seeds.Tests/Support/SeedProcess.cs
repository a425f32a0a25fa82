using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using Seeds;

namespace ScopedTasks.Seeds.Tests.Support;

/// <summary>Runs a program of the seeds in a process of its own, where signals and exit codes are real.</summary>
internal sealed partial class SeedProcess : IDisposable
{
    private const int Sigint = 2;
    private const int Sigterm = 15;
    private static readonly TimeSpan s_generous = TimeSpan.FromMinutes(2);

    private readonly Process _process;

    private SeedProcess(Process process) => _process = process;

    /// <summary>Starts a program in real time.</summary>
    public static SeedProcess Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileName(host) == "dotnet"
            ? host
            : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(typeof(SeedProgram).Assembly.Location);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return new SeedProcess(Process.Start(start)!);
    }

    /// <summary>The next line that it prints; null when it has ended.</summary>
    public Task<string?> ReadLine() => _process.StandardOutput.ReadLineAsync().WaitAsync(s_generous);

    /// <summary>Does what Ctrl+C does.</summary>
    public void Interrupt() => Send(Sigint);

    /// <summary>Does what the system does that wants it to end.</summary>
    public void Terminate() => Send(Sigterm);

    /// <summary>Waits for its end.</summary>
    public async Task<(string Output, int ExitCode)> End()
    {
        var errors = _process.StandardError.ReadToEndAsync();
        var output = await _process.StandardOutput.ReadToEndAsync().WaitAsync(s_generous);
        await errors.WaitAsync(s_generous);
        await _process.WaitForExitAsync().WaitAsync(s_generous);
        return (output.ReplaceLineEndings("\n").TrimEnd('\n'), _process.ExitCode);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    private void Send(int signal) => Kill(_process.Id, signal);
}
