using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;

namespace ScopedTasks.Package.Tests;

/// <summary>Runs the SDK as a user's shell would, and tells what it printed and how it ended.</summary>
internal static class Dotnet
{
    public static async Task<CommandResult> RunAsync(string folder, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        LeaveTestHost(start.Environment);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await Task.WhenAll(process.WaitForExitAsync(), output, error);
        return new CommandResult(process.ExitCode, $"{await output}\n{await error}");
    }

    // A test host hands its own MSBuild paths down, and a build that follows them is not the user's.
    private static void LeaveTestHost(IDictionary<string, string?> environment)
    {
        var inherited = environment.Keys.Where(key =>
            key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) ||
            key.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase));
        foreach (var key in inherited.ToImmutableArray())
        {
            environment.Remove(key);
        }

        environment["MSBUILDDISABLENODEREUSE"] = "1";
        environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        environment["DOTNET_NOLOGO"] = "1";
        environment["SOURCE_DATE_EPOCH"] = "1700000000";
    }
}
