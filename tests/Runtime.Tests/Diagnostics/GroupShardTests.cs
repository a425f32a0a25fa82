using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Diagnostics;

public class GroupShardTests
{
    private const int Slots = 16;

    private readonly GroupShard _shard = new();

    [Fact]
    public async Task A_slot_is_free_again_when_its_group_has_ended()
    {
        await using var group = TaskGroup.Open();
        var first = new GroupNode(group, startedAt: 0);
        var second = new GroupNode(group, startedAt: 0);
        _shard.Add(first);
        _shard.Remove(first);
        _shard.Add(second);
        Assert.Equal(first.Slot, second.Slot);
        Assert.Equal([second.Number], _shard.ToList().Select(entry => entry.Number));
        await group.CompleteAsync();
    }

    [Fact]
    public async Task More_groups_than_slots_are_all_known_and_all_forgotten()
    {
        await using var group = TaskGroup.Open();
        var nodes = Enumerable.Range(0, 3 * Slots).Select(_ => new GroupNode(group, startedAt: 0)).ToList();
        nodes.ForEach(_shard.Add);
        Assert.Equal(nodes.Select(node => node.Number), _shard.ToList().Select(entry => entry.Number).Order());

        // From the middle, from the front, from the back: whatever the order, the others stay.
        var left = nodes.OrderBy(node => node.Number * 7919 % nodes.Count).ToList();
        while (left.Count > 0)
        {
            _shard.Remove(left[0]);
            left.RemoveAt(0);
            Assert.Equal(
                left.Select(node => node.Number).Order(), _shard.ToList().Select(entry => entry.Number).Order());
        }

        await group.CompleteAsync();
    }
}
