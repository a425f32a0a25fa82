using System.Threading.Tasks;
using ScopedTasks.Analyzers.Tests.House;
using Xunit;

namespace ScopedTasks.Hosts.CSharp13;

/// <summary>Newer compilers read broken code otherwise than the oldest: rules and fixes survive that too.</summary>
public class HostileCodeTests
{
    [Fact]
    public async Task Analyzers_and_fixes_survive_hostile_code() =>
        Verdict.IsClean((await FixRobustness.TryAll(Robustness.HostileCompilations())).Crashes);
}
