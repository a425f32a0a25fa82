using System.Collections.Immutable;
using Xunit;

namespace ScopedTasks.Package.Tests;

/// <summary>What a command printed and how it ended.</summary>
internal sealed record CommandResult(int ExitCode, string Output)
{
    public ImmutableArray<string> Lines { get; } = [.. Output.ReplaceLineEndings("\n").Split('\n')];

    /// <summary>The same result, or a failed test that shows what the command printed.</summary>
    public CommandResult Succeeded()
    {
        Assert.True(ExitCode == 0, Output);
        return this;
    }
}
