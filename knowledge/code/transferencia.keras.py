import keras
import numpy as np
from keras import layers

keras.utils.set_random_seed(0)
# Na prática / in practice: weights="imagenet"  (None: sem download / no download)
backbone = keras.applications.MobileNetV2(input_shape=(96, 96, 3), include_top=False, weights=None, pooling="avg")
backbone.trainable = False                                # congelado / frozen

inputs = keras.Input(shape=(96, 96, 3))                   # (B, 96, 96, 3)
h = layers.Rescaling(1 / 127.5, offset=-1)(inputs)        # 0…255 -> -1…1
h = backbone(h, training=False)                           # (B, 1280)
outputs = layers.Dense(2, activation="softmax")(h)        # (B, 2)  cabeça nova / new head
model = keras.Model(inputs, outputs)

x = np.random.randint(0, 256, (8, 96, 96, 3)).astype("float32")
y = np.arange(8) % 2                                      # (B,)  cão, gato / dog, cat
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
model.fit(x, y, epochs=1, verbose=0)
trainable = sum(int(np.prod(w.shape)) for w in model.trainable_weights)
print(f"output: {model.predict(x, verbose=0).shape}  trainable parameters: {trainable}")
