using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;

namespace ScopedTasks.Demo;

/// <summary>What a command printed and how it ended.</summary>
public sealed record CommandOutput(int ExitCode, string Text);

/// <summary>The dotnet command in a folder, told what the environment is to hold besides.</summary>
public sealed class Sdk(string folder, Screen screen, IReadOnlyDictionary<string, string>? environment = null)
{
    public async Task<string> RunAsync(params string[] arguments)
    {
        var (exitCode, text) = await TryRunAsync(arguments);
        return exitCode == 0
            ? text
            : throw new DemoException($"dotnet {string.Join(' ', arguments)} failed ({exitCode}):\n{Digest(text)}");
    }

    public async Task<CommandOutput> TryRunAsync(params string[] arguments)
    {
        screen.Command(arguments);
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        LeaveCaller(start.Environment);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new DemoException("dotnet could not be started.");
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await Task.WhenAll(output, errors, process.WaitForExitAsync());
        return new CommandOutput(process.ExitCode, await output + await errors);
    }

    // Whoever runs this, dotnet run or a test host, hands its own MSBuild paths down; the user's shell has none.
    private static void LeaveCaller(IDictionary<string, string?> environment)
    {
        var inherited = environment.Keys.Where(key =>
            key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) ||
            key.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase));
        foreach (var key in inherited.ToArray())
        {
            environment.Remove(key);
        }

        environment["MSBUILDDISABLENODEREUSE"] = "1";
        environment["MSBUILDTERMINALLOGGER"] = "off";
        environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        environment["DOTNET_NOLOGO"] = "1";
    }

    // Builds say everything twice; the end says why.
    private static string Digest(string output)
        => string.Join('\n', output.Split('\n').Select(line => line.TrimEnd()).Distinct().TakeLast(40));
}
