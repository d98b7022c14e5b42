// Numbers through a channel of 64, from one task to another, on one thread.
use std::time::Instant;
use tokio::sync::mpsc;

const ITEMS: u64 = 1_000_000;

async fn produce(to: mpsc::Sender<u64>) {
    for i in 0..ITEMS {
        to.send(i).await.unwrap();
    }
}

async fn consume() {
    let (to, mut from) = mpsc::channel(64);
    let begin = Instant::now();
    tokio::spawn(produce(to));
    let mut sum = 0;
    while let Some(item) = from.recv().await {
        sum += item;
    }
    println!("ns {}", begin.elapsed().as_nanos() as f64 / ITEMS as f64);
    assert_eq!(sum, ITEMS * (ITEMS - 1) / 2);
}

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.unwrap().block_on(consume());
}
