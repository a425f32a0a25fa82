using ScopedTasks.Analyzers.Rules.Blocking;
using ScopedTasks.Analyzers.Tests.Verification;

namespace ScopedTasks.Analyzers.Tests.Rules.Blocking;

public sealed partial class BlockingWaitTests : RuleTests<BlockingWaitAnalyzer>
{
}
