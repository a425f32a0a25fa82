using System.Linq;
using Xunit;

namespace ScopedTasks.Package.Tests;

/// <summary>What <c>ScopedTasksMode</c> does to a build.</summary>
[Collection(nameof(Sandbox))]
public sealed class ModeTests(Sandbox sandbox)
{
    [Fact]
    public void An_unknown_mode_is_an_error_that_lists_the_modes() =>
        Assert.Contains(
            sandbox.Build.Lines,
            line => line.Contains("error SCOPETASKS001: ScopedTasksMode 'Foo' is unknown; "
                + "use Recommended, Strict, All or None."));

    [Fact]
    public void Only_the_unknown_mode_is_an_error() =>
        Assert.Single(sandbox.Build.Lines.Where(line => line.Contains("SCOPETASKS")).Distinct());
}
